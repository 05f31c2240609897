"""The rules of docs/alerts.yml name metrics that we export, and fire when they should: asked of promtool."""

import os
import re
import shutil
import subprocess

import pytest
import yaml
from django.conf import settings

from .healthy import BEARER, HealthTest

RULES = settings.ROOT / "docs" / "alerts.yml"


def expressions():
    groups = yaml.safe_load(RULES.read_text())["groups"]
    return {rule["alert"]: rule["expr"] for group in groups for rule in group["rules"]}


class AlertsTest(HealthTest):
    def test_each_metric_of_a_rule_is_one_of_ours(self):
        exported = set(re.findall(r"^# TYPE (\w+)", self.ask("/metrics", BEARER).text, re.M))
        for alert, expression in expressions().items():
            for name in re.findall(r"\bnewsroom_\w+", expression):
                with self.subTest(alert=alert, name=name):
                    self.assertIn(re.sub(r"_(bucket|sum|count)$", "", name), exported)

    def test_each_label_value_of_a_rule_is_one_that_is_counted(self):
        from .test_metrics import LABELS

        for alert, expression in expressions().items():
            for label, words in re.findall(r'(\w+)=~?"([^"]*)"', expression):
                if label != "job":
                    with self.subTest(alert=alert, label=label):
                        self.assertLessEqual(set(words.split("|")), LABELS[label])


@pytest.mark.parametrize("command", [["check", "rules", "alerts.yml"], ["test", "rules", "alerts.test.yml"]])
def test_promtool_finds_no_fault_and_each_rule_fires_when_it_should(command):
    if not shutil.which("promtool"):
        (pytest.fail if os.environ.get("REQUIRE_TOOLS") else pytest.skip)("no promtool on this machine")
    told = subprocess.run(["promtool", *command], cwd=RULES.parent, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr


def test_each_rule_is_tried():
    tried = (RULES.parent / "alerts.test.yml").read_text()
    for alert in expressions():
        assert f"alertname: {alert}" in tried, alert
    assert f"value: {len(expressions())}" in tried
