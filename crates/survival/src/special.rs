//! The few special functions that tests and bands need.

/// The logarithm of the gamma function for positive numbers (Lanczos 1964, with Godfrey's nine terms; to 1e-14).
pub(crate) fn ln_gamma(x: f64) -> f64 {
    const TERMS: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        return (std::f64::consts::PI / (std::f64::consts::PI * x).sin().abs()).ln() - ln_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let sum = TERMS[1..].iter().zip(1..).fold(TERMS[0], |sum, (term, at)| sum + term / (x + f64::from(at)));
    let base = x + 7.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * base.ln() - base + sum.ln()
}

/// The chance that a chi-square of so many degrees is larger: the upper incomplete gamma function, by its series below
/// the middle and by its continued fraction (Lentz 1976) above.
pub(crate) fn chi_square_above(chi_square: f64, degrees: u32) -> f64 {
    let (a, x) = (f64::from(degrees) / 2.0, chi_square / 2.0);
    if x <= 0.0 || degrees == 0 {
        return 1.0;
    }
    let front = (a * x.ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum, mut at) = (1.0 / a, 1.0 / a, a);
        while term > sum * 1e-17 {
            at += 1.0;
            term *= x / at;
            sum += term;
        }
        return 1.0 - front * sum;
    }
    let tiny = f64::MIN_POSITIVE;
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (1.0 / tiny, 1.0 / b);
    let mut product = d;
    for nth in 1..10_000 {
        let nth = f64::from(nth);
        let numerator = nth * (a - nth);
        b += 2.0;
        d = 1.0 / (numerator * d + b);
        c = b + numerator / c;
        product *= c * d;
        if (c * d - 1.0).abs() < 1e-16 {
            break;
        }
    }
    front * product
}

/// The standard normal's value at a place in its distribution (Acklam's rational approximation, to 1e-9 of its size).
pub(crate) fn normal(place: f64) -> f64 {
    const A: [f64; 6] = [
        -39.696_830_286_653_76,
        220.946_098_424_520_5,
        -275.928_510_446_968_7,
        138.357_751_867_269,
        -30.664_798_066_147_16,
        2.506_628_277_459_239,
    ];
    const B: [f64; 5] =
        [-54.476_098_798_224_06, 161.585_836_858_040_9, -155.698_979_859_886_6, 66.801_311_887_719_72, -13.280_681_552_885_72];
    const C: [f64; 6] = [
        -0.007_784_894_002_430_293,
        -0.322_396_458_041_136_5,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 4] = [0.007_784_695_709_041_462, 0.322_467_129_070_039_8, 2.445_134_137_142_996, 3.754_408_661_907_416];
    let along = |terms: &[f64], x: f64| terms.iter().fold(0.0, |sum, term| sum * x + term);
    let tail = |place: f64| {
        let x = (-2.0 * place.ln()).sqrt();
        along(&C, x) / (along(&D, x) * x + 1.0)
    };
    if place < 0.024_25 {
        tail(place)
    } else if place > 1.0 - 0.024_25 {
        -tail(1.0 - place)
    } else {
        let x = place - 0.5;
        along(&A, x * x) * x / (along(&B, x * x) * x * x + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{chi_square_above, ln_gamma, normal};

    /// Values by scipy 1.17: `gammaln`, `chi2.sf`, `norm.ppf`.
    #[test]
    fn special_functions_have_their_known_values() {
        for (x, expected) in [(0.02, 3.900_804_516_098_376), (0.5, 0.572_364_942_924_700_1), (10.0, 12.801_827_480_081_469)] {
            assert!((ln_gamma(x) - expected).abs() < 1e-12, "{x}: {}", ln_gamma(x));
        }
        for (x, degrees, expected) in
            [(3.841_458_820_694_124, 1, 0.05), (11.070_497_693_516_351, 5, 0.05), (0.454_936_423_119_572_8, 1, 0.5)]
        {
            assert!((chi_square_above(x, degrees) - expected).abs() < 1e-12, "{x}: {}", chi_square_above(x, degrees));
        }
        for (place, expected) in [(0.975, 1.959_963_984_540_054), (0.01, -2.326_347_874_040_841), (0.5, 0.0)] {
            assert!((normal(place) - expected).abs() < 1e-8, "{place}: {}", normal(place));
        }
    }
}
