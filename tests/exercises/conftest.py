"""The attempts beside this file are run by the tests, not collected."""

collect_ignore_glob = ["*/*.py"]
