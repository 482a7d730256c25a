//! Variants of a union whose schemas do not have the property that names them.

use typewright_goldens::union_by_discriminator::{Vehicle, VehicleCar, VehicleTruck};
use typewright_runtime::json;

#[test]
fn what_is_written_says_which_variant_it_is() {
    let car = Vehicle::from(VehicleCar::new(4));
    let bytes = json::to_vec(&car).expect("it is written");
    assert_eq!(
        String::from_utf8_lossy(&bytes),
        r#"{"doors":4,"type":"car"}"#
    );
    assert_eq!(
        json::from_slice::<Vehicle>(&bytes).expect("it is read"),
        car
    );
}

#[test]
fn of_several_names_the_one_that_was_read_is_kept() {
    let text = br#"{"load":1.5,"type":"lorry"}"#;
    let lorry: Vehicle = json::from_slice(text).expect("it is read");
    assert_eq!(lorry, VehicleTruck::new("lorry").load(1.5).into());
    assert_eq!(json::to_vec(&lorry).expect("it is written"), text);
    assert!(lorry.validate().is_ok());
    assert!(Vehicle::from(VehicleTruck::new("car")).validate().is_err());
}
