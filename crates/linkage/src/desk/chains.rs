//! Which nodes have a hash, in chains that grow one bucket at a time (linear hashing, Litwin 1980): no pause to rehash.

use super::paged::Paged;

const NONE: u32 = u32::MAX;
/// Nodes a bucket on average.
const LOAD: u64 = 4;

#[derive(Clone, Copy)]
struct Bucket {
    first: u32,
    count: u32,
}

const EMPTY: Bucket = Bucket { first: NONE, count: 0 };

pub(super) struct Chains {
    buckets: Paged<Bucket>,
    /// For each node, the one after it in its chain.
    next: Paged<u32>,
    linked: u64,
}

impl Default for Chains {
    fn default() -> Self {
        let mut buckets = Paged::default();
        buckets.push(EMPTY);
        Self { buckets, next: Paged::default(), linked: 0 }
    }
}

impl Chains {
    /// Puts a node under a hash; false where the chain is `longest` already. `hash_of` tells the hash of earlier nodes.
    pub fn link(&mut self, node: u32, hash: u64, longest: u32, hash_of: impl Fn(u32) -> u64) -> bool {
        while self.next.len() <= node as usize {
            self.next.push(NONE);
        }
        let at = self.bucket(hash);
        if self.buckets.get(at).count >= longest {
            return false;
        }
        self.prepend(at, node);
        self.linked += 1;
        while self.linked > LOAD * self.buckets.len() as u64 {
            self.split(&hash_of);
        }
        true
    }

    /// Takes a node out; false where it is not under the hash.
    pub fn unlink(&mut self, node: u32, hash: u64) -> bool {
        let at = self.bucket(hash);
        let (mut before, mut here) = (NONE, self.buckets.get(at).first);
        while here != NONE && here != node {
            (before, here) = (here, *self.next.get(here));
        }
        if here == NONE {
            return false;
        }
        let after = *self.next.get(here);
        if before == NONE {
            self.buckets.get_mut(at).first = after;
        } else {
            *self.next.get_mut(before) = after;
        }
        self.buckets.get_mut(at).count -= 1;
        self.linked -= 1;
        true
    }

    /// The nodes under a hash, newest first, with strangers whose hash fell into the same bucket.
    pub fn walk(&self, hash: u64) -> impl Iterator<Item = u32> {
        let mut here = self.buckets.get(self.bucket(hash)).first;
        std::iter::from_fn(move || {
            let node = (here != NONE).then_some(here)?;
            here = *self.next.get(node);
            Some(node)
        })
    }

    fn bucket(&self, hash: u64) -> u32 {
        let count = self.buckets.len() as u64;
        let wide = hash & (count.next_power_of_two() - 1);
        // Buckets beyond the last one are not split off yet: their nodes are where they were at half the size.
        if wide < count { wide as u32 } else { (wide & (count.next_power_of_two() / 2 - 1)) as u32 }
    }

    /// Adds one bucket and moves into it what belongs there from the one that held it so far.
    fn split(&mut self, hash_of: &impl Fn(u32) -> u64) {
        let new = self.buckets.len() as u32;
        self.buckets.push(EMPTY);
        let size = (u64::from(new) + 1).next_power_of_two();
        let old = new & (size / 2 - 1) as u32;
        let mut here = self.buckets.get(old).first;
        *self.buckets.get_mut(old) = EMPTY;
        while here != NONE {
            let after = *self.next.get(here);
            let at = if hash_of(here) & (size - 1) == u64::from(new) { new } else { old };
            self.prepend(at, here);
            here = after;
        }
    }

    fn prepend(&mut self, at: u32, node: u32) {
        let bucket = self.buckets.get_mut(at);
        *self.next.get_mut(node) = bucket.first;
        bucket.first = node;
        bucket.count += 1;
    }
}
