"""What an independent checker finds against a PDF."""

import subprocess

import page

ALARM = "STREAM-LENGTH-001"


def failures(file, profile):
    """What it finds, but for one false alarm: a packed stream whose last byte is a carriage return seems to it a byte
    too short. Where it says so, qpdf has to find every stream as long as it should be."""
    report = str(page.validate_pdf(str(file), profile=profile))
    found = [line for line in report.splitlines() if line.startswith("[")]
    if any(ALARM in line for line in found):
        assert subprocess.run(["qpdf", "--check", str(file)], capture_output=True).returncode == 0
    real = [line for line in found if ALARM not in line]
    return real or ([] if found or "no failures in implemented checks" in report else [report])
