"""A file system by FUSE that shows the folder BELOW at PLACE: `faulty_disk.py BELOW PLACE MARK`.

While the file MARK says "slow", it waits 200 ms at each read, write and sync; while it says "read-only", it refuses to
change anything, also by files that are open. Debian's python3-fusepy runs it, without our packages.
"""

import errno
import os
import sys
import time

from fusepy import FUSE, FuseOSError, Operations

WAIT = 0.2  # seconds


CHANGES = {
    "create", "write", "truncate", "fsync", "rename", "mkdir", "rmdir", "unlink", "chmod", "chown", "utimens",
}  # fmt: skip
SLOW = {"read", "write", "fsync"}


class Faulty(Operations):
    def __init__(self, below, mark):
        self.below, self.mark = below, mark

    def __call__(self, name, path, *args):
        if os.path.exists(self.mark):
            with open(self.mark) as mark:
                self.fail(name, mark.read())
        return getattr(self, name)(self.below + path, *args)

    def fail(self, name, how):
        if how == "read-only" and name in CHANGES:
            raise FuseOSError(errno.EROFS)
        if how == "slow" and name in SLOW:
            time.sleep(WAIT)

    def getattr(self, path, fh=None):
        found = os.lstat(path)
        names = ("st_atime", "st_ctime", "st_gid", "st_mode", "st_mtime", "st_nlink", "st_size", "st_uid", "st_ino")
        return {name: getattr(found, name) for name in names}

    def readdir(self, path, fh):
        return [".", "..", *os.listdir(path)]

    def access(self, path, mode):
        return 0

    def statfs(self, path):
        found = os.statvfs(path)
        return {name: getattr(found, name) for name in dir(found) if name.startswith("f_")}

    def open(self, path, flags):
        return os.open(path, flags)

    def create(self, path, mode, fi=None):
        return os.open(path, os.O_RDWR | os.O_CREAT, mode)

    def read(self, path, length, offset, fh):
        return os.pread(fh, length, offset)

    def write(self, path, data, offset, fh):
        return os.pwrite(fh, data, offset)

    def truncate(self, path, length, fh=None):
        os.truncate(path, length)

    def fsync(self, path, datasync, fh):
        os.fsync(fh)

    def release(self, path, fh):
        os.close(fh)

    def rename(self, old, new):
        os.rename(old, self.below + new)

    def mkdir(self, path, mode):
        os.mkdir(path, mode)

    def rmdir(self, path):
        os.rmdir(path)

    def unlink(self, path):
        os.unlink(path)

    def chmod(self, path, mode):
        os.chmod(path, mode)

    def chown(self, path, user, group):
        os.chown(path, user, group)

    def utimens(self, path, times=None):
        os.utime(path, times)


if __name__ == "__main__":
    FUSE(Faulty(sys.argv[1], sys.argv[3]), sys.argv[2], foreground=True, nothreads=False, use_ino=True)
