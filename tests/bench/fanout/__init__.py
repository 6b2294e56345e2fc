"""Fan-out: N people in one room, five of them post, and every idea reaches everybody.

    python -m tests.bench.fanout --help

Servers are compared in turn, A B C … A B C …, each a fresh process, by *deliveries per CPU-second of the server process*
(user and system time, all threads).  A delivery is one idea at one client, the sender's own screen included; latency is from
the sender's send to each client's receipt, by one clock.  The ratios within a round are what counts; figures of different
runs on a shared machine are not comparable.
"""
