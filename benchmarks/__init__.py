"""What is promised about speed, measured side by side with what one would pick instead.

`python -m benchmarks [--quick] [--only NAME] [--json FILE]`. Figures are printed and never asserted: a machine is not a guarantee.
"""
