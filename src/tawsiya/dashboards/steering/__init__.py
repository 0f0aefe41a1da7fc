"""The steering page: where the whole stands, who is late, what moved, what falls due.

Each module counts one thing and gives with every figure the address of the rows it counts; all of them
read through the visibility of the rooms below, so that a figure never tells more than its rows.
"""
