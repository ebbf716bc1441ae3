#!/bin/sh
# The disk of a test machine: laid over this one's in namespaces of its own, then this process becomes the command.
# $1: an empty folder; $2: what goes into /etc; $3: the site's files; then the command. Started by machine.ts alone.
set -e
disk=$1 etc=$2 site=$3
shift 3
mount --make-rprivate /
mount -t tmpfs tmpfs "$disk"
mkdir "$disk/changed" "$disk/work" "$disk/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$disk/changed,workdir=$disk/work" "$disk/root"
cd "$disk/root"
mount -t proc proc proc
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro sysfs sys
mount -t tmpfs tmpfs sys/fs/cgroup
mkdir sys/fs/cgroup/unified sys/fs/cgroup/systemd
mount -t cgroup2 cgroup2 sys/fs/cgroup/unified
mount -t cgroup -o none,name=systemd cgroup sys/fs/cgroup/systemd
for folder in run tmp; do mount -t tmpfs tmpfs $folder; done
mount -t tmpfs -o mode=755 tmpfs dev # where all may write, root itself may not open a device of somebody else's
mkdir dev/shm
ln -s pts/ptmx dev/ptmx
for device in null zero full random urandom tty; do cp -a /dev/$device dev/; done
rm -rf usr/lib/systemd/system/*.wants etc/systemd/system
cp -r "$etc/." etc/
for version in v1 v2; do
  mkdir -p srv/un-premier-pas/versions/$version
  mount --bind "$site" srv/un-premier-pas/versions/$version
done
ln -s versions/v1 srv/un-premier-pas/actuelle
pivot_root . mnt
umount -l mnt
mount --make-rshared /
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin container=essai "$@"
