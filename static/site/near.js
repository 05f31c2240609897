/* Pictures of what is recommended come when a reader nears them, so that whoever leaves a story early has not paid for
   them. Browsers that run no scripts show what stands in <noscript>. */

const near = new IntersectionObserver(
  (seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      target.innerHTML = target.textContent; // what stands in <noscript> is text here
    }
  },
  { rootMargin: "300px" },
);
for (const photo of document.querySelectorAll(".rail-photo")) near.observe(photo);
