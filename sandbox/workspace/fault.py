"""Why the system refuses to write, in words that say what to do about it."""

import errno
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Say what is wrong, as the end of a sentence, and what to do, as a sentence."""

    reason: str
    hint: str


_ELSEWHERE = "or choose another folder"
_FAULTS = {
    errno.EACCES: Fault("you may not write there", f"Allow it {_ELSEWHERE}."),
    errno.EPERM: Fault("you may not write there", f"Allow it {_ELSEWHERE}."),
    errno.EROFS: Fault("it is read-only", "Choose another folder."),
    errno.ENAMETOOLONG: Fault("the name is too long", "Choose a shorter one."),
    errno.EINVAL: Fault("the system does not allow this name", "Choose another one."),
    errno.ENOSPC: Fault("the disk is full", f"Free some space {_ELSEWHERE}."),
    errno.EDQUOT: Fault("your share of the disk is full", f"Free some space {_ELSEWHERE}."),
    errno.EFBIG: Fault("a file would be larger than the system allows", "Raise that limit."),
    errno.EEXIST: Fault("a file is in the way", f"Move it away {_ELSEWHERE}."),
    errno.ENOTDIR: Fault("a file is in the way", f"Move it away {_ELSEWHERE}."),
    errno.EISDIR: Fault("a folder is in the way", "Move it away or choose another name."),
    errno.ENOENT: Fault("the folder does not exist", f"Make it {_ELSEWHERE}."),
    errno.EAGAIN: Fault("another program is at work there", "Try again in a moment."),
    errno.EMFILE: Fault("too many files are open", "Close other programs and try again."),
}


def fault_of(error: OSError) -> Fault:
    """Return what an error of the system means for somebody who wants to write."""
    reason = (error.strerror or "the system refuses").rstrip(".").lower()
    unknown = Fault(reason, f"Look at the folder's permissions {_ELSEWHERE}.")
    return _FAULTS.get(error.errno or 0, unknown)
