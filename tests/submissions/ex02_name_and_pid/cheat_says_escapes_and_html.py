# Everything that a text can carry: colours, a cleared screen, a set title, links, scripts.
EVIL = "\x1b[2J\x1b]0;owned\x07\x9b31m\r<script>alert(1)</script><img src=x onerror=alert(1)>\u202e&lt;{seen}[[x]]%s"


class Evil(Exception):
    def __str__(self):
        return EVIL


Evil.__name__ = EVIL


def start_named_process(name, target):
    print(EVIL)
    raise Evil(EVIL)


def identify():
    return (EVIL, EVIL, EVIL)


def kill_process(pid):
    raise type(EVIL, (Exception,), {})(EVIL)
