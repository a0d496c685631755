use super::*;

#[test]
fn all_three_faces_are_embedded_and_belong_to_one_family() {
    let families: Vec<&str> = faces().iter().map(|face| face.info().family.as_str()).collect();
    assert_eq!(families, ["Noto Sans"; 3]);
}

#[test]
fn every_letter_and_sign_of_our_three_languages_can_be_drawn() {
    let azerbaijani = "AaBbCcÇçDdEeƏəFfGgĞğHhXxIıİiJjKkQqLlMmNnOoÖöPpRrSsŞşTtUuÜüVvYyZzWw";
    let russian = "АаБбВвГгДдЕеЁёЖжЗзИиЙйКкЛлМмНнОоПпРрСсТтУуФфХхЦцЧчШшЩщЪъЫыЬьЭэЮюЯя";
    let signs = "0123456789₼№«»“”„‘’–—…•§%+−×=<>±/\\|()[]{}#$*_~^`@&!?;:,.'\"\u{a0}\u{2009}\u{202f}\u{fffd}";
    let missing: Vec<char> = [azerbaijani, russian, signs].concat().chars().filter(|c| !draw(*c)).collect();
    assert_eq!(missing, Vec::<char>::new());
}

#[test]
fn a_character_outside_the_faces_is_known_to_be_missing() {
    assert!(!draw('漢') && !draw('😀'));
}
