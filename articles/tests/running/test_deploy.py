"""The files in deploy/ agree with each other, with the settings that exist, and with the pages that name them."""

import re
import shutil
import subprocess

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

DEPLOY = settings.ROOT / "deploy"
PAGES = "\n".join(page.read_text() for page in sorted((settings.ROOT / "docs" / "run").glob("*.md")))
SOURCE = "\n".join(
    (settings.ROOT / "newsroom" / name).read_text()
    for name in ("settings.py", "services.py", "databases.py", "production.py")
)
KNOWN = set(re.findall(r'env(?:\.\w+)?\("([A-Z_]+)"', SOURCE)) | {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}


def manifests():
    files = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    return [one for file in files for one in yaml.safe_load_all(file.read_text()) if one]


def pods():
    """{name of the workload: what its pods are}"""
    for one in manifests():
        spec = one.get("spec", {})
        spec = spec.get("jobTemplate", {}).get("spec", spec)
        if "template" in spec:
            yield one["metadata"]["name"], spec["template"]["spec"]


COMPOSE = yaml.safe_load((DEPLOY / "containers" / "compose.yaml").read_text())
OF_US = {name: one for name, one in COMPOSE["services"].items() if "newsroom" in one["image"]}


def test_each_variable_that_is_set_somewhere_is_one_that_is_read():
    named = re.findall(r"(?m)^#?([A-Z_]+)=", (DEPLOY / "newsroom.env").read_text())
    named += re.findall(r"(?m)^ {4}([A-Z_]+)=", PAGES)
    named += re.findall(r"--from-literal=([A-Z_]+)", PAGES)
    of_kustomize = next(one for one in manifests() if one["kind"] == "Kustomization")
    named += [line.partition("=")[0] for one in of_kustomize["configMapGenerator"] for line in one["literals"]]
    named += [name for one in OF_US.values() for name in one.get("environment", {})]
    assert {"SECRET_KEY", "DATABASE_URL", "REPLICA_URL", "LISTEN_URL"} <= KNOWN & set(named)
    assert set(named) <= KNOWN


def test_each_command_that_is_run_somewhere_exists():
    run = re.findall(r"newsroom-manage ([a-z_]+)", PAGES)
    run += re.findall(r"manage\.py (\w+)", "".join(file.read_text() for file in (DEPLOY / "systemd").iterdir()))
    run += [one["containers"][0]["args"][0] for _name, one in pods()]
    run += [one["command"][0] for one in OF_US.values() if "command" in one]
    run += re.findall(r'CMD \["(\w+)"', (DEPLOY / "containers" / "Containerfile").read_text())
    assert {"serve", "worker", "migrate", "doctor"} <= set(run) <= set(get_commands())


def test_each_file_that_a_page_copies_exists():
    copied = set(re.findall(r"\bdeploy/[\w./*-]+", PAGES)) - {"deploy/containers/newsroom.env"}  # which the page makes
    assert len(copied) >= 8
    assert not [name for name in copied if not list(settings.ROOT.glob(name.rstrip("/.")))]


def test_each_path_that_the_image_takes_exists_and_none_is_left_out():
    image = (DEPLOY / "containers" / "Containerfile").read_text()
    taken = set(re.findall(r"(?m)^COPY (?!--)(\S+)", image))
    assert not [name for name in taken if not (settings.ROOT / name).exists()]
    code = {path.name for path in settings.ROOT.iterdir() if path.is_dir() and path.name[0] != "."}
    assert code - taken <= {"var", "docs", "benchmarks", "deploy"}


def test_pods_are_probed_and_may_do_nothing_that_they_need_not():
    workloads = dict(pods())
    assert set(workloads) == {"server", "worker", "migrate", "check-revisions", "clear-sessions"}
    for name, pod in workloads.items():
        (one,) = pod["containers"]
        assert pod["securityContext"]["runAsNonRoot"], name
        assert one["securityContext"]["readOnlyRootFilesystem"], name
        assert one["securityContext"]["capabilities"] == {"drop": ["ALL"]}, name
        assert "memory" in one["resources"]["limits"], name
    server = workloads["server"]["containers"][0]
    probed = {kind: server[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "liveness", "readiness")}
    assert probed == {"startup": "/healthz", "liveness": "/healthz", "readiness": "/readyz"}
    (rolling,) = [one["spec"]["strategy"]["rollingUpdate"] for one in manifests() if "strategy" in one.get("spec", {})]
    assert rolling["maxUnavailable"] == 0


def test_services_lead_to_pods_and_the_ingress_to_services():
    labels = [one["spec"]["template"]["metadata"]["labels"] for one in manifests() if one["kind"] == "Deployment"]
    services = {one["metadata"]["name"]: one["spec"]["selector"] for one in manifests() if one["kind"] == "Service"}
    assert all(selector in labels for selector in services.values())
    ingress = next(one["spec"] for one in manifests() if one["kind"] == "Ingress")
    paths = [path for rule in ingress["rules"] for path in rule["http"]["paths"]]
    assert {path["backend"]["service"]["name"] for path in paths} <= set(services)
    assert {rule["host"] for rule in ingress["rules"]} == set(ingress["tls"][0]["hosts"])


def test_kustomize_puts_the_manifests_together():
    if not shutil.which("kubectl"):
        pytest.skip("no kubectl on this machine: Debian has none")
    told = subprocess.run(["kubectl", "kustomize", DEPLOY / "kubernetes"], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert "image: registry.example/newsroom:1" in told.stdout


def test_the_commands_of_operators_are_programs():
    manage = DEPLOY / "newsroom-manage"
    assert manage.stat().st_mode & 0o111
    assert subprocess.run(["sh", "-n", manage], check=False).returncode == 0
