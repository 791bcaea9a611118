"""Hypothesis profiles: HYPOTHESIS_PROFILE=nightly looks longer."""

from __future__ import annotations

import os

from hypothesis import settings

# No deadline: the first example of a test also loads the rules, and other work may share the machine.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("nightly", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "dev"))
