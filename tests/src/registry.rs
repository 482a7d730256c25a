//! Every generated type under the name of its schema, so that tests can walk the contracts and reach
//! the generated code.

use std::any::Any;
use std::fmt::Debug;

use customer_contact_apis::{
    billing_account, expandable, external_params, oracle_b2c_service, oracle_utilities,
};
use serde_json::Value;
use typewright_runtime::{
    Blank, DecodeErrors, Model, Rule, Shape, Violation, Violations, check, exact::Schema as _,
    json, shape, xml,
};

use crate::contract::{self, Contract};
use crate::schema::{Schema, View};

/// A generated type, with what there is to do with it.
#[derive(Debug)]
pub struct Entry {
    /// The contract's file.
    pub contract: &'static str,
    /// The name of the component schema.
    pub schema: &'static str,
    /// The directions that it travels in.
    pub views: &'static [View],
    /// The Rust path.
    pub path: &'static str,
    /// What it is.
    pub form: Form,
    /// Its static description, where it is an object.
    pub shape: Option<fn() -> &'static Shape>,
    /// What its JSON breaks of the schema, on its way.
    pub raw: fn(&Value, View) -> Violations,
    /// Reads it from JSON.
    pub from_json: Reader,
    /// Reads it from XML.
    pub from_xml: Reader,
}

/// Reads a value from bytes.
pub type Reader = fn(&[u8]) -> Result<Box<dyn Instance>, DecodeErrors>;

/// What a generated type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An object.
    Object,
    /// One of several types.
    Union,
    /// A string with listed values.
    Enum,
}

/// A value of some generated type.
pub trait Instance: Debug {
    /// All that it breaks.
    fn violations(&self) -> Vec<Violation>;
    /// As JSON.
    fn to_json(&self) -> Vec<u8>;
    /// As XML.
    ///
    /// # Errors
    ///
    /// XML cannot carry it.
    fn to_xml(&self) -> Result<Vec<u8>, String>;
    /// Whether it is a value of the same type and equal.
    fn equals(&self, other: &dyn Instance) -> bool;
    /// The value itself.
    fn as_any(&self) -> &dyn Any;
}

#[derive(Debug)]
struct Holder<T> {
    value: T,
    rules: &'static [Rule],
}

impl<T: Model + PartialEq + Debug + 'static> Instance for Holder<T> {
    fn violations(&self) -> Vec<Violation> {
        match check::check(&self.value, self.rules) {
            Ok(()) => Vec::new(),
            Err(violations) => violations.iter().cloned().collect(),
        }
    }

    fn to_json(&self) -> Vec<u8> {
        json::to_vec(&self.value).expect("the number of a decoded value is finite")
    }

    fn to_xml(&self) -> Result<Vec<u8>, String> {
        xml::to_vec(&self.value, None).map_err(|error| error.to_string())
    }

    fn equals(&self, other: &dyn Instance) -> bool {
        other.as_any().downcast_ref::<T>() == Some(&self.value)
    }

    fn as_any(&self) -> &dyn Any {
        &self.value
    }
}

impl Entry {
    /// The contract.
    pub fn contract(&self) -> &'static Contract {
        contract::named(self.contract)
    }

    /// The schema.
    pub fn schema(&self) -> Schema<'static> {
        Schema::component(self.contract(), self.schema)
    }

    /// Whether the contract offers XML.
    pub fn speaks_xml(&self) -> bool {
        let media_types = self.contract().elements().into_iter();
        self.form == Form::Object
            && media_types
                .filter(|element| element.kind == contract::Kind::MediaType)
                .any(|element| element.pointer.ends_with("/application~1xml"))
    }

    /// Reads a JSON value.
    ///
    /// # Errors
    ///
    /// Every place where the value is not what the type takes.
    pub fn decode(&self, value: &Value) -> Result<Box<dyn Instance>, DecodeErrors> {
        (self.from_json)(value.to_string().as_bytes())
    }
}

impl dyn Instance {
    /// As a JSON value.
    pub fn json_value(&self) -> Value {
        serde_json::from_slice(&self.to_json()).expect("what is written is JSON")
    }

    /// All that it breaks, as pointers and keywords.
    pub fn broken(&self) -> std::collections::BTreeSet<(String, String)> {
        let violations = self.violations().into_iter();
        violations
            .map(|violation| (violation.pointer, violation.keyword.to_owned()))
            .collect()
    }
}

/// The entries of one schema for one direction.
pub fn find(contract: &str, schema: &str, view: View) -> Option<&'static Entry> {
    all().iter().find(|entry| {
        entry.contract == contract && entry.schema == schema && entry.views.contains(&view)
    })
}

fn read_json<T: Model + PartialEq + Debug + 'static>(
    bytes: &[u8],
    rules: &'static [Rule],
) -> Result<Box<dyn Instance>, DecodeErrors> {
    Ok(Box::new(Holder {
        value: json::from_slice::<T>(bytes)?,
        rules,
    }))
}

fn read_xml<T: Model + PartialEq + Debug + Blank + 'static>(
    bytes: &[u8],
    rules: &'static [Rule],
) -> Result<Box<dyn Instance>, DecodeErrors> {
    Ok(Box::new(Holder {
        value: xml::from_slice::<T>(bytes)?,
        rules,
    }))
}

/// Lists the types of each module: `both` for those that are the same in both directions, under the
/// name of their schema; `sent` and `received` for the two views of a schema that has read-only or
/// write-only properties.
macro_rules! registry {
    ($(
        $file:literal $module:ident {
            both { $($both:ident),* $(,)? }
            $(split { $($schema:ident: sent $sent:ident, received $received:ident);* $(;)? })?
            $(unions { $($union:ident),* $(,)? })?
            $(enums { $($enum:ident),* $(,)? })?
        }
    )*) => {
        /// Every generated type that stands for a component schema.
        pub fn all() -> &'static [Entry] {
            use View::{Received, Sent};
            static ALL: &[Entry] = &[$(
                $(registry!(@ $file $module $both $both Object [Sent, Received] (Some(shape::of::<$module::$both>)) &[]),)*
                $($(
                    registry!(@ $file $module $schema $sent Object [Sent] (Some(shape::of::<$module::$sent>)) &[]),
                    registry!(@ $file $module $schema $received Object [Received] (Some(shape::of::<$module::$received>)) &[]),
                )*)?
                $($(registry!(@ $file $module $union $union Union [Sent, Received] (None) $module::$union::rules()),)*)?
                // An enum's rule travels with its uses.
                $($(registry!(@ $file $module $enum $enum Enum [Sent, Received] (None) &[]),)*)?
            )*];
            ALL
        }
    };
    (@ $file:literal $module:ident $schema:ident $type:ident $form:ident [$($view:ident),*] ($shape:expr) $rules:expr) => {
        Entry {
            contract: $file,
            schema: stringify!($schema),
            views: &[$($view),*],
            path: concat!(stringify!($module), "::", stringify!($type)),
            form: Form::$form,
            shape: $shape,
            raw: |value, view| match view {
                View::Sent => $module::schemas::$schema.in_request().violations(value),
                View::Received => $module::schemas::$schema.in_response().violations(value),
            },
            from_json: |bytes| read_json::<$module::$type>(bytes, $rules),
            from_xml: |bytes| read_xml::<$module::$type>(bytes, $rules),
        }
    };
}

registry! {
    "oracle-utilities-customer-contact.yaml" oracle_utilities {
        both {
            CustomerContact, CustomerContactResult, CustomerContactIdentifier, TemplateParameter,
            ProblemDetailDocument, ServerMessage,
        }
        enums { DeliveryChannel, Origin, Status, IdentifierType }
    }
    "oracle-b2c-service-contacts.yaml" oracle_b2c_service {
        both { NamedId, Link, CrmModules, Email, MarketingSettings, PersonName, OpenIdAccount }
        split {
            Reference: sent ReferenceInput, received Reference;
            Contact: sent ContactInput, received Contact;
            Address: sent AddressInput, received Address;
            Banner: sent BannerInput, received Banner;
            ChannelUsername: sent ChannelUsernameInput, received ChannelUsername;
            FileAttachment: sent FileAttachmentInput, received FileAttachment;
            Note: sent NoteInput, received Note;
            Phone: sent PhoneInput, received Phone;
            SalesSettings: sent SalesSettingsInput, received SalesSettings;
            ServiceSettings: sent ServiceSettingsInput, received ServiceSettings;
            ContactSource: sent ContactSourceInput, received ContactSource;
            AnswerNotification: sent AnswerNotificationInput, received AnswerNotification;
            CategoryNotification: sent CategoryNotificationInput, received CategoryNotification;
            ProductNotification: sent ProductNotificationInput, received ProductNotification;
            SlaInstance: sent SlaInstanceInput, received SlaInstance;
            ContactSourceParent: sent ContactSourceParentInput, received ContactSourceParent;
        }
    }
    "expandable-customer-contact.yaml" expandable {
        both { CustomerContactUpdate, CustomerContact, Failure }
    }
    "customer-external-params.yaml" external_params {
        both { ExternalParamValue, ExternalParamAcknowledgement, OperationReference, Pageable }
        enums { ErrorCode }
    }
    "billing-account.yaml" billing_account {
        both {
            BillingAccount, Contact, TelephoneMedium, MobileMedium, EmailMedium, PhoneCharacteristic,
            EmailCharacteristic,
        }
        unions { ContactMedium }
        enums { LineOfBusiness }
    }
}
