//! stub
use std::{fmt,str::FromStr};
#[derive(Clone,Copy,Debug,PartialEq,Eq,Default,serde::Serialize,serde::Deserialize)] pub struct Money(i64);
impl Money { pub fn qepik(self)->i64{self.0} pub fn from_qepik(q:i64)->Self{Self(q)} }
impl FromStr for Money { type Err=(); fn from_str(s:&str)->Result<Self,()> { s.parse::<f64>().map(|v| Self((v*100.0) as i64)).map_err(|_|()) } }
impl fmt::Display for Money { fn fmt(&self,f:&mut fmt::Formatter<'_>)->fmt::Result{ write!(f,"{}",self.0) } }
