use super::*;

/// Paints the drawing back onto a grid.
fn dark_modules(svg: &str) -> Vec<(usize, usize)> {
    let path = svg.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut dark = Vec::new();
    for run in path.split('M').skip(1) {
        let (place, rest) = run.split_once('h').unwrap();
        let (x, y) = place.split_once(' ').unwrap();
        let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
        let length: usize = rest.split('v').next().unwrap().parse().unwrap();
        dark.extend((x..x + length).map(|x| (x - MARGIN, y - MARGIN)));
    }
    dark
}

#[test]
fn the_drawing_holds_exactly_the_dark_modules_of_the_code() {
    let address = "https://dayaq.example/certificates/K7Q2-M4XP-91TD";
    let code = QRBuilder::new(address).ecl(ECL::Q).build().unwrap();
    let expected: Vec<(usize, usize)> =
        (0..code.size).flat_map(|y| (0..code.size).map(move |x| (x, y))).filter(|&(x, y)| code[y][x].value()).collect();
    assert!(expected.len() > 200);
    assert_eq!(dark_modules(&svg(address).unwrap()), expected);
}

#[test]
fn only_an_address_of_the_web_that_fits_becomes_a_code() {
    for address in ["", "K7Q2-M4XP-91TD", "javascript:alert(1)", &format!("https://{}", "x".repeat(5000))] {
        assert!(matches!(svg(address), Err(Fault::Address(refused)) if refused == address));
    }
}
