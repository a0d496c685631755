//! From the text of a condition to its checked tree. Every name must stand in the vocabulary, every kind must fit.

use crate::{
    condition::{Arithmetic, Comparison, Fault, Span, Tree},
    facts::{Kind, Value, Vocabulary},
    token::{Token, tokens},
};

/// Long or deep conditions cannot be read by the people who answer for them.
const MAX_LENGTH: usize = 600;
const MAX_DEPTH: usize = 24;

/// Reads a whole condition; its kind must be yes or no.
pub(crate) fn condition(source: &str, vocabulary: &Vocabulary) -> Result<Tree, Fault> {
    if source.len() > MAX_LENGTH {
        return fault(MAX_LENGTH, "the condition is too long", &format!("at most {MAX_LENGTH} bytes"));
    }
    let mut parser = Parser { tokens: tokens(source)?, next: 0, depth: 0, vocabulary };
    let tree = parser.alternatives()?;
    parser.expect_end()?;
    parser.need(tree, Kind::Bool)
}

struct Parser<'a> {
    tokens: Vec<(usize, Token)>,
    next: usize,
    depth: usize,
    vocabulary: &'a Vocabulary,
}

/// A tree with its kind and where it began.
struct Typed {
    tree: Tree,
    kind: Kind,
    at: usize,
}

impl Parser<'_> {
    fn alternatives(&mut self) -> Result<Typed, Fault> {
        let mut left = self.conjunction()?;
        while self.take_word("or") {
            let right = self.conjunction()?;
            left = self.both(left, right, Tree::Or)?;
        }
        Ok(left)
    }

    fn conjunction(&mut self) -> Result<Typed, Fault> {
        let mut left = self.negation()?;
        while self.take_word("and") {
            let right = self.negation()?;
            left = self.both(left, right, Tree::And)?;
        }
        Ok(left)
    }

    fn negation(&mut self) -> Result<Typed, Fault> {
        let at = self.at();
        if !self.take_word("not") {
            return self.comparison();
        }
        self.deeper()?;
        let inner = self.negation()?;
        self.depth -= 1;
        let tree = Tree::Not(Box::new(self.need(inner, Kind::Bool)?));
        Ok(Typed { tree, kind: Kind::Bool, at })
    }

    fn comparison(&mut self) -> Result<Typed, Fault> {
        if let (at, Token::Code(code)) = self.peek().clone() {
            self.next += 1;
            return self.membership(at, code);
        }
        let left = self.sum()?;
        let Some(sign) = self.take_comparison() else {
            return Ok(left);
        };
        let right = self.sum()?;
        self.comparable(&left, &right, sign)?;
        let at = left.at;
        let tree = Tree::Compare(sign, Box::new(left.tree), Box::new(right.tree));
        Ok(Typed { tree, kind: Kind::Bool, at })
    }

    fn membership(&mut self, at: usize, code: String) -> Result<Typed, Fault> {
        if !self.take_word("in") {
            return fault(self.at(), &format!("{} after a code", self.describe()), "the word in");
        }
        let set = self.primary()?;
        let set = Box::new(self.need(set, Kind::Codes)?);
        Ok(Typed { tree: Tree::Contains { set, any: vec![code] }, kind: Kind::Bool, at })
    }

    fn sum(&mut self) -> Result<Typed, Fault> {
        let mut left = self.product()?;
        loop {
            let sign = if self.take_sign("+") {
                Arithmetic::Add
            } else if self.take_sign("-") {
                Arithmetic::Subtract
            } else {
                return Ok(left);
            };
            let right = self.product()?;
            left = self.arithmetic(sign, left, right)?;
        }
    }

    fn product(&mut self) -> Result<Typed, Fault> {
        let mut left = self.primary()?;
        while self.take_sign("*") {
            let right = self.primary()?;
            left = self.arithmetic(Arithmetic::Multiply, left, right)?;
        }
        Ok(left)
    }

    fn primary(&mut self) -> Result<Typed, Fault> {
        let (at, token) = self.peek().clone();
        self.next += 1;
        let (tree, kind) = match token {
            Token::Integer(number) => (Tree::Literal(Value::Integer(number)), Kind::Integer),
            Token::Date(date) => (Tree::Literal(Value::Date(date)), Kind::Date),
            Token::Parameter(name) => self.name(at, name)?,
            Token::Word(word) => return self.word(at, word),
            Token::Sign("(") => {
                self.deeper()?;
                let inner = self.alternatives()?;
                self.depth -= 1;
                self.expect_sign(")")?;
                (inner.tree, inner.kind)
            }
            _ => {
                self.next -= 1;
                return fault(at, &format!("{} where a value belongs", self.describe()), "a fact, a number, a date or (");
            }
        };
        Ok(Typed { tree, kind, at })
    }

    fn word(&mut self, at: usize, word: String) -> Result<Typed, Fault> {
        let (tree, kind) = match word.as_str() {
            "true" => (Tree::Literal(Value::Bool(true)), Kind::Bool),
            "false" => (Tree::Literal(Value::Bool(false)), Kind::Bool),
            "years" => (self.between(Span::Years)?, Kind::Integer),
            "months" => (self.between(Span::Months)?, Kind::Integer),
            "days" => (self.between(Span::Days)?, Kind::Integer),
            "known" => (self.known()?, Kind::Bool),
            "any_of" => (self.any_of()?, Kind::Bool),
            _ => self.name(at, word)?,
        };
        Ok(Typed { tree, kind, at })
    }

    fn name(&self, at: usize, name: String) -> Result<(Tree, Kind), Fault> {
        match self.vocabulary.kind(&name) {
            Some(kind) => Ok((Tree::Name(name), kind)),
            None => fault(at, &format!("{} {name}", unknown(&name)), &self.nearest(&name)),
        }
    }

    fn between(&mut self, span: Span) -> Result<Tree, Fault> {
        self.expect_sign("(")?;
        let from = self.sum()?;
        let from = self.need(from, Kind::Date)?;
        self.expect_sign(",")?;
        let to = self.sum()?;
        let to = self.need(to, Kind::Date)?;
        self.expect_sign(")")?;
        Ok(Tree::Between(span, Box::new(from), Box::new(to)))
    }

    fn known(&mut self) -> Result<Tree, Fault> {
        self.expect_sign("(")?;
        let (at, token) = self.peek().clone();
        self.next += 1;
        let Token::Word(name) = token else {
            return fault(at, "known() asks about one fact", "the name of a fact");
        };
        self.name(at, name.clone())?;
        self.expect_sign(")")?;
        Ok(Tree::Known(name))
    }

    fn any_of(&mut self) -> Result<Tree, Fault> {
        self.expect_sign("(")?;
        let set = self.primary()?;
        let set = Box::new(self.need(set, Kind::Codes)?);
        let mut any = Vec::new();
        while self.take_sign(",") {
            let (at, token) = self.peek().clone();
            self.next += 1;
            let Token::Code(code) = token else {
                return fault(at, "any_of() lists codes", "a code in quotes");
            };
            any.push(code);
        }
        self.expect_sign(")")?;
        Ok(Tree::Contains { set, any })
    }

    fn both(&self, left: Typed, right: Typed, make: fn(Box<Tree>, Box<Tree>) -> Tree) -> Result<Typed, Fault> {
        let at = left.at;
        let left = self.need(left, Kind::Bool)?;
        let right = self.need(right, Kind::Bool)?;
        Ok(Typed { tree: make(Box::new(left), Box::new(right)), kind: Kind::Bool, at })
    }

    fn arithmetic(&self, sign: Arithmetic, left: Typed, right: Typed) -> Result<Typed, Fault> {
        let at = left.at;
        let left = self.need(left, Kind::Integer)?;
        let right = self.need(right, Kind::Integer)?;
        Ok(Typed { tree: Tree::Arithmetic(sign, Box::new(left), Box::new(right)), kind: Kind::Integer, at })
    }

    fn comparable(&self, left: &Typed, right: &Typed, sign: Comparison) -> Result<(), Fault> {
        let ordered = matches!(left.kind, Kind::Integer | Kind::Date);
        let equality = matches!(sign, Comparison::Equal | Comparison::NotEqual);
        if left.kind != right.kind {
            return fault(right.at, &format!("{} is compared with {}", left.kind, right.kind), &left.kind.to_string());
        }
        let truths = equality && left.kind == Kind::Bool;
        if !(ordered || truths) {
            return fault(left.at, &format!("{} cannot be compared so", left.kind), "in, or any_of() for codes");
        }
        Ok(())
    }

    fn need(&self, typed: Typed, kind: Kind) -> Result<Tree, Fault> {
        if typed.kind == kind {
            return Ok(typed.tree);
        }
        fault(typed.at, &format!("this is {}", typed.kind), &kind.to_string())
    }

    fn deeper(&mut self) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return fault(self.at(), "the condition is nested too deeply", &format!("at most {MAX_DEPTH} levels"));
        }
        Ok(())
    }

    fn take_comparison(&mut self) -> Option<Comparison> {
        let sign = match self.peek() {
            (_, Token::Sign("==")) => Comparison::Equal,
            (_, Token::Sign("!=")) => Comparison::NotEqual,
            (_, Token::Sign("<")) => Comparison::Less,
            (_, Token::Sign("<=")) => Comparison::LessOrEqual,
            (_, Token::Sign(">")) => Comparison::Greater,
            (_, Token::Sign(">=")) => Comparison::GreaterOrEqual,
            _ => return None,
        };
        self.next += 1;
        Some(sign)
    }

    fn take_word(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), (_, Token::Word(word)) if word == wanted);
        self.next += usize::from(found);
        found
    }

    fn take_sign(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), (_, Token::Sign(sign)) if *sign == wanted);
        self.next += usize::from(found);
        found
    }

    fn expect_sign(&mut self, wanted: &str) -> Result<(), Fault> {
        if self.take_sign(wanted) {
            return Ok(());
        }
        fault(self.at(), &format!("{} here", self.describe()), wanted)
    }

    fn expect_end(&self) -> Result<(), Fault> {
        match self.peek() {
            (_, Token::End) => Ok(()),
            (at, _) => fault(*at, &format!("{} after a complete condition", self.describe()), "and, or, or the end"),
        }
    }

    fn describe(&self) -> String {
        match &self.peek().1 {
            Token::Word(word) | Token::Parameter(word) => word.clone(),
            Token::Integer(number) => number.to_string(),
            Token::Date(date) => date.to_string(),
            Token::Code(code) => format!("\"{code}\""),
            Token::Sign(sign) => (*sign).to_owned(),
            Token::End => "the end".into(),
        }
    }

    /// The name in the vocabulary that begins like the unknown one, or a hint where names stand.
    fn nearest(&self, name: &str) -> String {
        let alike = |known: &&str| known.bytes().zip(name.bytes()).take_while(|(a, b)| a == b).count();
        match self.vocabulary.names().max_by_key(alike) {
            Some(best) if alike(&best) >= 3 => format!("a known name such as {best}"),
            _ => "a known name".into(),
        }
    }

    fn at(&self) -> usize {
        self.peek().0
    }

    fn peek(&self) -> &(usize, Token) {
        // The list ends with `End`, and nothing steps past it without failing.
        &self.tokens[self.next.min(self.tokens.len() - 1)]
    }
}

fn unknown(name: &str) -> &'static str {
    if name.starts_with('$') { "there is no parameter" } else { "there is no fact" }
}

fn fault<T>(at: usize, what: &str, expected: &str) -> Result<T, Fault> {
    Err(Fault { at, what: what.to_owned(), expected: expected.to_owned() })
}
