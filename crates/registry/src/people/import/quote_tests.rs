use super::quote::unclosed;

/// A row's text, the columns that the reader found, and the line of the quote, the last line taken and the row behind it.
type Case<'c> = (&'c str, usize, Option<(u64, u64, &'c str)>);

#[test]
fn an_open_quote_is_told_from_a_field_of_several_lines() {
    let cases: &[Case<'_>] = &[
        ("a,b,c\n", 3, None),
        ("a,\"b\nmore, \"\"so\"\" to say\",c\n", 3, None),
        ("a,\"b\nmore\" ,c\r\n", 3, None),
        ("a,\"b,c\nd,\"e\",f\n", 4, Some((0, 1, "d,\"e\",f\n"))),
        ("\n\na,\"b,c\nd,\"e\",f\n", 4, Some((2, 3, "d,\"e\",f\n"))),
        ("a,\"b,c\nd,e,f\n", 2, Some((0, 1, "d,e,f\n"))),
        ("a,\"b,c\nd,e,f", 2, Some((0, 1, "d,e,f"))),
        ("a,b,\"c", 3, Some((0, 0, ""))),
        // The next row lacks its opening quote: both are wrong, and the second can be read alone.
        ("a,\"b,c\nd,e\",f\n", 3, None),
        ("a,\"b,c\nd,e\",f,g\n", 4, None),
        ("a,\"b,c\nd,e,f\"\n", 2, Some((0, 1, "d,e,f\"\n"))),
        // A note of two lines in a row that lacks a column.
        ("a,\"note\nof two lines\"\n", 2, None),
        ("\"a\nb\",c,\"d\ne,\"f\",g\n", 5, Some((1, 2, "e,\"f\",g\n"))),
    ];
    for (text, found, expected) in cases {
        let open = unclosed(text.as_bytes(), *found, 3);
        let told = open.as_ref().map(|open| (open.opens, open.last, &text[open.bytes..]));
        assert_eq!(told, *expected, "{text:?}");
    }
}
