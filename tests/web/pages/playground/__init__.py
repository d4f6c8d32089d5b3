"""The playground in Chromium.

A package, so that its fixtures end with its tests: while playwright runs, its event loop is the
thread's, and no other test can run one.
"""
