"""The three marks that recur on every page: day strip, two clocks, trend; geometry and words, no drawing."""
