"""The playground in Chromium.

It is a package, so that its fixtures end with its tests: while playwright runs, its event loop
occupies the thread, and no other test could run one.
"""
