"""What benchmarks/faults.py, flood.py, mixed.py and rolling.py share: a newsroom that can be broken, and its people.

`newsrooms.py`: the newsroom. `people.py`: readers and editors of it, who note what they see. `seen.py`: what it comes
to. The other modules have the faults, by what breaks.
"""
