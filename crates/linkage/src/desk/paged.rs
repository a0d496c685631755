//! A list that grows by a page, without copying what it holds: no pause, and no spare half.

const PAGE_BITS: u32 = 14;
const PAGE: usize = 1 << PAGE_BITS;

pub(super) struct Paged<T> {
    pages: Vec<Box<[T]>>,
    len: usize,
}

impl<T> Default for Paged<T> {
    fn default() -> Self {
        Self { pages: Vec::new(), len: 0 }
    }
}

impl<T: Copy> Paged<T> {
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn push(&mut self, value: T) {
        if self.len == self.pages.len() << PAGE_BITS {
            self.pages.push(vec![value; PAGE].into_boxed_slice());
        }
        self.pages[self.len >> PAGE_BITS][self.len & (PAGE - 1)] = value;
        self.len += 1;
    }

    pub fn get(&self, at: u32) -> &T {
        &self.pages[at as usize >> PAGE_BITS][at as usize & (PAGE - 1)]
    }

    pub fn get_mut(&mut self, at: u32) -> &mut T {
        &mut self.pages[at as usize >> PAGE_BITS][at as usize & (PAGE - 1)]
    }
}
