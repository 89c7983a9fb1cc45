"""How fast the dashboard is, as ratios measured side by side in one run: absolute times say more
about the machine.
"""
