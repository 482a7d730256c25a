//! The intermediate representation: an API as plain data with final Rust names.
//!
//! Lowering makes it, rendering reads it, nothing else. It holds no tokens, no `openapiv3` types
//! and no rendering: a name in it is a valid Rust identifier (raw where it must be), unique in its
//! scope; a text is as it stands in the contract.

mod constraint;
mod engine;
mod format;
mod integer;
mod link;
mod page;
mod poll;
mod schema;
pub(crate) mod visit;
mod webhook;

use std::collections::BTreeMap;
use std::fmt;

pub use constraint::{Assertion, Constraint, JsonType, Number, SchemaPart};
pub use engine::Engine;
pub use format::{Format, OwnFormat};
pub use integer::Integer;
pub use link::{Link, LinkTarget, LinkValue, MessagePart};
pub use page::{NextPage, PageItems, Pagination};
pub use poll::{Poll, PollStatus};
pub use schema::{
    Applicator, ArrayKeyword, JsonLiteral, Keyword, NamedPart, NamedSchema, NumberKeyword,
    ObjectKeyword, OneWay, Schema, SchemaForm, SchemaId, Schemas, TextKeyword,
};
pub use webhook::{IncomingParameter, IncomingParameters, Webhook};

/// An API.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// The servers it is offered at.
    pub servers: Vec<Server>,
    /// How callers prove who they are.
    pub security_schemes: Vec<SecurityScheme>,
    /// Every generated type; a [`TypeId`] is an index into this list.
    pub types: Vec<TypeDef>,
    /// Every operation.
    pub operations: Vec<Operation>,
    /// What the server sends by itself.
    pub webhooks: Vec<Webhook>,
    /// The formats that are asserted of texts in models, each once.
    pub formats: Vec<Format>,
    /// What decides each pattern of the contract.
    pub patterns: BTreeMap<String, Engine>,
    /// What the schemas say of raw JSON; empty where nobody wants to know.
    pub schemas: Schemas,
}

/// A server: OpenAPI 3.0.3, Server Object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The URL, with its variables set to their defaults.
    pub url: String,
    /// The URL as it stands in the contract.
    pub template: String,
    /// What it is.
    pub description: Option<String>,
    /// The variables of the template, in the contract's order.
    pub variables: Vec<ServerVariable>,
}

/// A variable in a server's URL: OpenAPI 3.0.3, Server Variable Object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// The name in braces.
    pub name: String,
    /// The value unless another is given.
    pub default: String,
    /// The values that it can have; empty where any will do.
    pub values: Vec<String>,
}

/// Index into [`Api::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// A generated type.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDef {
    /// The Rust name.
    pub name: String,
    /// The schema's name in the contract, or the name that its place gave an inline one.
    pub schema_name: String,
    /// JSON Pointer of the schema.
    pub pointer: String,
    /// Index of the document that the schema is in, among those that the API was read from.
    pub document: usize,
    /// The other schemas that its values have to keep to, each by the index of its document and its
    /// JSON Pointer: a property that several parts of an `allOf` describe has a type made of them all.
    pub beside: Vec<(usize, String)>,
    /// What it is.
    pub docs: Docs,
    /// Where values of it travel.
    pub usage: Usage,
    /// What the user wants to stand on it.
    pub attached: Attached,
    /// Its form.
    pub kind: TypeKind,
}

/// What stands on a generated type because the user wants it there, as Rust text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attached {
    /// Paths of derive macros, beside those that every type has.
    pub derives: Vec<String>,
    /// Attributes of the type.
    pub attributes: Vec<String>,
    /// Attributes of a property by its name in the contract, of a listed value or of a variant.
    pub members: Vec<(String, String)>,
}

/// What the contract says in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Docs {
    /// `title` or `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
}

/// The directions that values of a type travel in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Usage {
    /// In requests.
    pub sent: bool,
    /// In responses.
    pub received: bool,
}

/// The form of a generated type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TypeKind {
    /// An object with named properties.
    Struct(Struct),
    /// A string with listed values.
    StringEnum(StringEnum),
    /// One of several types.
    Union(Union),
    /// Another name for a type, with constraints of its own.
    Alias(Alias),
}

/// An object with named properties.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Struct {
    /// The properties, in the contract's order.
    pub fields: Vec<Field>,
    /// What happens to properties that are not named.
    pub additional: AdditionalProperties,
    /// Constraints on the object as a whole.
    pub constraints: Vec<Constraint>,
    /// The read-only properties that this form leaves out, because it is sent.
    pub read_only: Vec<String>,
    /// How it stands in XML.
    pub xml: Xml,
}

/// What happens to properties that are not named.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AdditionalProperties {
    /// They are accepted and passed over.
    Ignored,
    /// They are refused when the value is checked raw; a model cannot hold them.
    Denied,
    /// They are kept in a map.
    Kept {
        /// The Rust name of the field.
        field: String,
        /// The type of each value.
        ty: Type,
        /// The constraints on each value.
        constraints: Vec<Constraint>,
        /// Whether the contract says that there are such, so that a value without a type is its own.
        stated: bool,
    },
}

/// A property.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// The Rust name.
    pub name: String,
    /// The name in the contract.
    pub property: String,
    /// What it is.
    pub docs: Docs,
    /// The type of its value, without the wrapper that its presence adds.
    pub ty: Type,
    /// Whether it must be there and may be null.
    pub presence: Presence,
    /// The one value it can have: then the struct has no field for it.
    pub constant: Option<String>,
    /// `default`, as compact JSON.
    pub default: Option<String>,
    /// The constraints on its value.
    pub constraints: Vec<Constraint>,
    /// `x-typewright-empty-as-absent`.
    pub empty_as_absent: bool,
    /// `x-typewright-one-or-many`.
    pub one_or_many: bool,
    /// How it stands in XML.
    pub xml: Xml,
}

/// Whether a property must be there and may be null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Must be there; not null.
    Required,
    /// May be left out; not null.
    Optional,
    /// Must be there; may be null.
    Nullable,
    /// May be left out and may be null, and these are two things.
    OptionalNullable,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// A generated type.
    Named(TypeId),
    /// A generated type behind a box, where the type would contain itself without one.
    Boxed(TypeId),
    /// A generated type behind a link, where the way through the types would be too long for the
    /// compiler without one.
    Linked(TypeId),
    /// A boolean.
    Bool,
    /// An integer.
    Integer(Integer),
    /// A 32-bit floating-point number.
    Float32,
    /// A 64-bit floating-point number.
    Float64,
    /// Text.
    String,
    /// Text that is never shown.
    Secret,
    /// `date-time`.
    DateTime,
    /// `date`.
    Date,
    /// `uuid`.
    Uuid,
    /// Bytes that are no text: `binary`, and bodies in a media type without a codec.
    Binary,
    /// A value that may be null, inside a list or a map.
    Nullable(Box<Type>),
    /// A list.
    List(Box<Type>),
    /// An object with values of one type.
    Map(Box<Type>),
    /// Any JSON value.
    Json,
    /// An existing Rust type, by its path: `x-typewright-type`.
    External(String),
}

/// A string with listed values, and any other kept as it was received.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StringEnum {
    /// The listed values, in the contract's order.
    pub variants: Vec<Variant>,
    /// Whether a value that is not listed is no violation.
    pub open: bool,
}

/// One listed value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Variant {
    /// The Rust name; never `Unknown`.
    pub name: String,
    /// The value.
    pub value: String,
    /// What it means.
    pub docs: Docs,
}

/// One of several types, and anything else kept as it was received.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Union {
    /// Which keyword made it.
    pub keyword: UnionKeyword,
    /// The property that names the variant, where there is one.
    pub discriminator: Option<String>,
    /// The variants, in the contract's order.
    pub variants: Vec<UnionVariant>,
    /// Whether a value that fits no variant is no violation.
    pub open: bool,
    /// Constraints on a value whichever variant it is.
    pub constraints: Vec<Constraint>,
}

/// The keyword that made a union.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnionKeyword {
    /// Exactly one schema holds.
    OneOf,
    /// At least one schema holds.
    AnyOf,
}

/// One of the types of a union.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnionVariant {
    /// The Rust name; never `Unknown`.
    pub name: String,
    /// The values of the discriminator that name it. One that names several variants leaves it to
    /// the value which of them it is.
    pub tags: Vec<String>,
    /// Whether a value without the discriminator may be of it.
    pub tag_optional: bool,
    /// Whether a value is of it that no value of the discriminator names another variant for: the
    /// `defaultMapping` of OpenAPI 3.2.0, Discriminator Object, and a schema that others include.
    pub otherwise: bool,
    /// Its type.
    pub ty: Type,
    /// The constraints on its value.
    pub constraints: Vec<Constraint>,
    /// What it is.
    pub docs: Docs,
}

/// Another name for a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Alias {
    /// The type.
    pub ty: Type,
    /// The constraints that each use of the name carries.
    pub constraints: Vec<Constraint>,
}

/// OpenAPI 3.2.0, XML Object.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Xml {
    /// `name`.
    pub name: Option<String>,
    /// `namespace`.
    pub namespace: Option<String>,
    /// `prefix`.
    pub prefix: Option<String>,
    /// `nodeType`, or `attribute`; of a list, that of its items together.
    pub node: XmlNode,
    /// `wrapped`, or the `nodeType` of a list that is an element.
    pub wrapped: bool,
    /// What is said of the items of a list.
    pub item: Option<Box<Xml>>,
    /// What is said of the first ones by their places: `prefixItems`.
    pub places: Vec<Xml>,
}

/// Most schemas say nothing of XML, so only what is said is shown.
impl fmt::Debug for Xml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            namespace,
            prefix,
            node,
            wrapped,
            item,
            places,
        } = self;
        let mut shown = f.debug_struct("Xml");
        let texts = [("name", name), ("namespace", namespace), ("prefix", prefix)];
        for (field, text) in texts {
            if let Some(text) = text {
                shown.field(field, text);
            }
        }
        if *node != XmlNode::Element {
            shown.field("node", node);
        }
        if *wrapped {
            shown.field("wrapped", wrapped);
        }
        if let Some(item) = item {
            shown.field("item", item);
        }
        if !places.is_empty() {
            shown.field("places", places);
        }
        shown.finish()
    }
}

/// What a schema is in an XML document: OpenAPI 3.2.0, XML Node Types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum XmlNode {
    /// `element`.
    #[default]
    Element,
    /// `attribute`.
    Attribute,
    /// `text`.
    Text,
    /// `cdata`.
    Cdata,
    /// `none`.
    None,
}

/// How callers prove who they are: OpenAPI 3.0.3, Security Scheme Object.
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityScheme {
    /// The Rust name, in snake case.
    pub name: String,
    /// The name in the contract.
    pub scheme_name: String,
    /// What it is.
    pub docs: Docs,
    /// Its kind.
    pub kind: SecuritySchemeKind,
    /// `x-typewright-schema`: the constraints on the credential.
    pub constraints: Vec<Constraint>,
}

/// The kinds of Security Scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecuritySchemeKind {
    /// `apiKey`.
    ApiKey {
        /// Where it travels.
        location: Location,
        /// The name it travels under.
        wire_name: String,
    },
    /// `http` with the scheme `basic`.
    Basic,
    /// `http` with the scheme `bearer`.
    Bearer,
    /// `http` with another scheme, by its name.
    OtherHttp(String),
    /// `oauth2`.
    OAuth2 {
        /// Where tokens are got without anybody at a browser.
        token_url: Option<String>,
    },
    /// `openIdConnect`.
    OpenIdConnect {
        /// Where it is said what there is.
        discovery_url: String,
    },
    /// `mutualTLS`.
    MutualTls,
}

/// Where a parameter or a credential travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As the whole query: OpenAPI 3.2.0, `querystring`.
    QueryString,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// An operation: OpenAPI 3.0.3, Operation Object.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The Rust name of the method, in snake case.
    pub name: String,
    /// The Rust name of the call's own type, where it has optional parameters.
    pub call_name: String,
    /// `operationId`, or the one that method and path give.
    pub operation_id: String,
    /// JSON Pointer of the Operation Object.
    pub pointer: String,
    /// The method, in upper case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// What it does.
    pub docs: Docs,
    /// `tags`.
    pub tags: Vec<String>,
    /// The parameters, in the contract's order.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub request: Option<RequestBody>,
    /// The responses, in the contract's order.
    pub responses: Vec<Response>,
    /// The calls that may follow, in the order of the responses.
    pub links: Vec<Link>,
    /// What a successful call gives.
    pub success: Outcome,
    /// What a failed call gives, as far as the contract describes it.
    pub failure: Outcome,
    /// Any of these, all of each: indices into [`Api::security_schemes`]. Empty: none needed.
    pub security: Vec<Vec<usize>>,
    /// The scopes that it needs of a token: of the first alternative that has any.
    pub scopes: Vec<String>,
    /// How its list goes on, where it comes in pages.
    pub pagination: Option<Pagination>,
    /// How it is asked whether what it starts is over.
    pub poll: Option<Poll>,
    /// The servers of its own or of its path; empty where it is offered at those of the API.
    pub servers: Vec<Server>,
}

/// A parameter: OpenAPI 3.0.3, Parameter Object.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The Rust name, in snake case.
    pub name: String,
    /// The name it travels under.
    pub wire_name: String,
    /// What it is.
    pub docs: Docs,
    /// Where it travels.
    pub location: Location,
    /// How lists and objects are laid out.
    pub style: Style,
    /// Whether each item or property is a parameter of its own.
    pub explode: bool,
    /// Whether reserved characters travel as they are.
    pub allow_reserved: bool,
    /// Whether it must be given.
    pub required: bool,
    /// The type of its value.
    pub ty: Type,
    /// The constraints on its value.
    pub constraints: Vec<Constraint>,
    /// The media type it is written in, where it is described by `content` and that is JSON.
    pub media_type: Option<String>,
}

/// How lists and objects are laid out: OpenAPI 3.2.0, Style Values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `matrix`.
    Matrix,
    /// `label`.
    Label,
    /// `simple`.
    Simple,
    /// `form`.
    Form,
    /// `spaceDelimited`.
    SpaceDelimited,
    /// `pipeDelimited`.
    PipeDelimited,
    /// `tabDelimited`: `tsv` of Swagger 2.0.
    TabDelimited,
    /// `deepObject`.
    DeepObject,
    /// `cookie`: OpenAPI 3.2.0.
    Cookie,
}

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestBody {
    /// What it is.
    pub docs: Docs,
    /// Whether it must be given.
    pub required: bool,
    /// What it can be: there is at least one, and each is of another type.
    pub contents: Vec<Content>,
    /// The Rust name of the enum of them, where there are several.
    pub choice: Option<String>,
}

/// What a request body can be in some media types: OpenAPI 3.0.3, Media Type Object.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// The Rust name of its variant, where it is one of several.
    pub name: String,
    /// The media types it can be sent as, in the contract's order.
    pub media_types: Vec<MediaType>,
    /// The type of the body.
    pub ty: Type,
    /// The constraints on it.
    pub constraints: Vec<Constraint>,
    /// How its properties stand in a form or multipart body, where the contract says.
    pub encoding: Vec<PropertyEncoding>,
    /// How it stands in XML, beyond what its type says.
    pub xml: Xml,
}

/// How a property stands in a form or multipart body: OpenAPI 3.0.3, Encoding Object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyEncoding {
    /// The property.
    pub property: String,
    /// `contentType`.
    pub content_type: Option<String>,
    /// `style` with `explode`, if either is stated, or `allowReserved`.
    pub style: Option<(Style, bool)>,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// The headers of its part that have one value, by their names.
    pub headers: Vec<(String, String)>,
}

/// A media type with the encoding that reads and writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaType {
    /// The name: `application/json`.
    pub name: String,
    /// The encoding.
    pub encoding: Encoding,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// JSON.
    Json,
    /// XML.
    Xml,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/*`.
    Multipart,
    /// `text/*`.
    Text,
    /// Items one after the other, with a schema for each: OpenAPI 3.2.0, Sequential Media Types.
    Sequence,
    /// Anything else: bytes.
    Bytes,
}

/// A response: OpenAPI 3.0.3, Response Object. One whose body differs by media type is several of
/// these, with one status.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The status it stands for.
    pub status: Status,
    /// What it says.
    pub description: String,
    /// The media types it can come as, in the contract's order; none where it has no body.
    pub media_types: Vec<MediaType>,
    /// The type of the body.
    pub ty: Option<Type>,
    /// The constraints on it.
    pub constraints: Vec<Constraint>,
    /// The type of its declared headers.
    pub headers: Option<Type>,
    /// `x-typewright-in-band-error`.
    pub in_band: Option<InBand>,
    /// How its properties stand in a form or multipart body, where the contract says.
    pub encoding: Vec<PropertyEncoding>,
    /// How it stands in XML, beyond what its type says.
    pub xml: Xml,
    /// Whether its items are in the data of server-sent events, as JSON.
    pub event_data: bool,
}

/// The statuses that a response stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// This one.
    Code(u16),
    /// A class by its first digit: `4XX`.
    Range(u8),
    /// Any that no other response stands for.
    Default,
}

/// How a successful status can carry a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InBand {
    /// The property that is present and not empty when the call failed.
    pub property: String,
    /// The property that explains it.
    pub message: Option<String>,
    /// The values of `property` for which trying again may help.
    pub retryable: Vec<String>,
}

/// What a call gives, over all its responses of one kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// No response of this kind is described.
    Undescribed,
    /// Nothing but the status.
    Empty,
    /// A body of one type.
    Body(Type),
    /// One of several.
    OneOf(OutcomeEnum),
}

/// A generated enum with a variant for each response of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeEnum {
    /// The Rust name.
    pub name: String,
    /// The variants, in the contract's order.
    pub variants: Vec<OutcomeVariant>,
}

/// One response in an [`OutcomeEnum`].
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeVariant {
    /// The Rust name: `NotFound`.
    pub name: String,
    /// Index into [`Operation::responses`].
    pub response: usize,
    /// Whether it is the failure that a successful response carries.
    pub in_band: bool,
    /// The type of its body, where it has one.
    pub ty: Option<Type>,
    /// What it says.
    pub docs: Docs,
}
