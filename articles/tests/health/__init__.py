"""What machines and operators are told: probes, metrics, logs, alerts, `doctor`."""
