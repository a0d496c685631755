//! Allocates an instance from a file and prints what is proven: `allocate INSTANCE.json ANSWER.json [SEED]`.

use std::{error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(instance), Some(answer)) = (args.next(), args.next()) else {
        return Err("name the instance and where the answer goes".into());
    };
    let seed = args.next().map_or(Ok(1), |seed| seed.parse())?;
    let instance = allocation::read(&fs::read(instance)?)?;
    let found = allocation::allocate(&instance, seed, &|| false);
    let assigned: Vec<serde_json::Value> = instance
        .people()
        .iter()
        .zip(&found.chosen)
        .filter_map(|(person, choice)| {
            let cohort = &instance.cohorts()[person.choices[(*choice)? as usize].cohort as usize];
            Some(serde_json::json!({"person": person.id, "cohort": cohort.id}))
        })
        .collect();
    let (objective, bound) = (found.objective, found.bound);
    fs::write(answer, serde_json::json!({"assigned": assigned, "objective": objective, "bound": bound}).to_string())?;
    println!("value {objective}, at most {bound} is possible");
    Ok(())
}
