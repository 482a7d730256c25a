//! What is read and written: made up, always the same, and of the proportions of the real thing.

use crate::derived::{
    self, Contacts, Customer, CustomerContact, CustomerContactIdentifier, DeliveryChannel,
    IdentifierType, Line, Lines, Order, OrderStatus, Orders, Origin, Price, Status,
    TemplateParameter,
};

/// A few hundred notifications with all of what a contact says.
pub(crate) fn contacts() -> Contacts {
    Contacts {
        contacts: (1..=500).map(contact).collect(),
    }
}

/// A few hundred orders.
pub(crate) fn orders() -> Orders {
    Orders {
        namespace: derived::namespace(),
        page: 1,
        list: (1..=400).map(order).collect(),
    }
}

pub(crate) fn contact(number: u32) -> CustomerContact {
    let text = |what: &str| Some(format!("{what}{number:06}"));
    CustomerContact {
        account_id: text("1589"),
        cc_id: text("7001"),
        contact_id: text("0042"),
        identifiers: vec![
            CustomerContactIdentifier {
                external_ref_id: text("NS-2024-0001-"),
                identifier_type: Some(IdentifierType::NotificationSystem),
            },
            CustomerContactIdentifier {
                external_ref_id: text("OMS/outage/7781/"),
                identifier_type: Some(IdentifierType::OriginatingSystem),
            },
        ],
        delivery_channel: Some(if number.is_multiple_of(3) {
            DeliveryChannel::Sms
        } else {
            DeliveryChannel::Email
        }),
        delivery_value: Some(format!("customer.{number}@mail.example")),
        email_subject: Some("Power outage: crews are on their way & working".to_owned()),
        event_captured_date_time: Some(time(number)),
        external_cc_id: text("OMS-"),
        notification_instance_id: text("a1f0c2"),
        notification_preference_id: text("outage"),
        notification_type: Some("OUTAGE-UPDATE".to_owned()),
        origin: Some(Origin::CustomerCareAndBilling),
        person_id: text("0023"),
        reason: number.is_multiple_of(5).then(|| {
            "The mailbox answered \"450 4.2.1\": it takes no more than <20> messages an hour."
                .to_owned()
        }),
        status: Some(match number % 7 {
            0 => Status::Failed,
            1 | 2 => Status::Sent,
            _ => Status::Delivered,
        }),
        template_data: [
            ("CUSTOMER_NAME", format!("José & Søren Ångström {number}")),
            ("OUTAGE_START", time(number)),
            ("ESTIMATED_RESTORATION", time(number + 2)),
            (
                "PREMISE_ADDRESS",
                format!("{number} Enterprise Blvd, Bozeman MT 59718"),
            ),
        ]
        .map(|(key, value)| TemplateParameter {
            key: Some(key.to_owned()),
            value: Some(value),
        })
        .into(),
    }
}

fn order(number: u32) -> Order {
    Order {
        id: 4_500_000 + i64::from(number) * 13,
        status: match number % 3 {
            0 => OrderStatus::Open,
            1 => OrderStatus::Paid,
            _ => OrderStatus::Shipped,
        },
        placed_at: time(number),
        customer: Customer {
            id: 880 + i64::from(number % 90),
            name: format!("Fjord & Sons {}", number % 90),
            email: (!number.is_multiple_of(4)).then(|| format!("orders{number}@fjord.example")),
            city: Some("Århus".to_owned()),
        },
        note: number
            .is_multiple_of(3)
            .then(|| "Leave it at gate <B>, not at the \"front\" desk.\nRing twice.".to_owned()),
        lines: Lines {
            line: (0..=number % 6).map(line).collect(),
        },
        labels: ["fragile", "gift", "export"]
            .iter()
            .take(number as usize % 4)
            .map(|&label| label.to_owned())
            .collect(),
        express: number.is_multiple_of(8),
    }
}

fn line(number: u32) -> Line {
    Line {
        sku: format!("TW-{number:04}-B"),
        quantity: i32::try_from(number % 5 + 1).unwrap_or(1),
        title: format!("Bracket, zinc plated, {number}0 mm"),
        price: Price {
            currency: "EUR".to_owned(),
            amount: f64::from(number) * 1.25 + 3.4,
        },
    }
}

fn time(number: u32) -> String {
    format!(
        "2024-{:02}-{:02}T{:02}:33:00Z",
        number % 12 + 1,
        number % 28 + 1,
        number % 24
    )
}
