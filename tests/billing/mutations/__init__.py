"""Each rule of the billing decision broken on purpose: the tests of rules must notice every time."""
