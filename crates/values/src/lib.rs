//! Values of the field: what a FİN, a VÖEN, a phone, a sum of money, a working day and an Azerbaijani name are.
//! Pure: no SQL, no HTTP, no clock.

pub mod id;
pub mod money;
