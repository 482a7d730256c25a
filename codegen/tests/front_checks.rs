//! Every kind of mistake in a contract is reported with its place, a stable code and a way out.

use std::path::Path;

use typewright::diagnostics::{Diagnostics, Style};
use typewright::load::load;
use typewright::resolve::resolve;

/// The findings about a fixture, one a line, without the folder of the fixtures.
fn report(fixture: &str) -> String {
    let folder = "tests/fixtures/front/";
    let mut diagnostics = Diagnostics::new();
    if let Some(document) = load(&Path::new(folder).join(fixture), &mut diagnostics) {
        let _ = resolve(document, &mut diagnostics);
    }
    diagnostics.render(Style::Compact).replace(folder, "")
}

#[test]
fn missing_paths_are_a_warning() {
    assert_eq!(
        report("no-paths.yaml"),
        r"no-paths.yaml:1:1: warning[missing-paths]: the document has no `paths`
"
    );
}

#[test]
fn a_reference_to_nothing_suggests_the_nearest_name() {
    assert_eq!(
        report("dangling-reference.yaml"),
        r"dangling-reference.yaml:12:17: warning[dangling-reference]: `#/components/schemas/Cntact` leads to nothing: any value is taken (at /components/schemas/Contact/properties/owner/$ref); help: did you mean `#/components/schemas/Contact`?
dangling-reference.yaml:17:17: warning[dangling-reference]: `#/components/shemas/Contact` leads to nothing: any value is taken (at /components/schemas/Medium/oneOf/1/$ref); help: did you mean `#/components/schemas/Contact`?
dangling-reference.yaml:21:19: warning[dangling-reference]: `Contakt` leads to nothing: it is passed over (at /components/schemas/Medium/discriminator/mapping/person); help: did you mean `Contact`?
"
    );
}

#[test]
fn references_that_lead_only_to_themselves_are_found_and_recursion_is_fine() {
    assert_eq!(
        report("reference-cycle.yaml"),
        r"reference-cycle.yaml:9:13: warning[reference-cycle]: this leads back to `#/components/schemas/Loop`, which leads only to itself: it is passed over (at /components/schemas/Loop/$ref); help: describe one of them itself; recursion through properties or items is fine
reference-cycle.yaml:14:17: warning[reference-cycle]: this leads back to `#/components/schemas/A`, which leads only to itself: it is passed over (at /components/schemas/B/allOf/0/$ref); help: describe one of them itself; recursion through properties or items is fine
reference-cycle.yaml:24:13: warning[reference-cycle]: this leads back to `#/components/parameters/Page`, which leads only to itself: it is passed over (at /components/parameters/Page/$ref); help: describe one of them itself; recursion through properties or items is fine
"
    );
}

#[test]
fn a_schema_that_is_an_alternative_of_itself_is_a_warning() {
    assert_eq!(
        report("composition-cycle.yaml"),
        r"composition-cycle.yaml:14:17: warning[composition-cycle]: this leads back to `#/components/schemas/Pet`, of which it is a part (at /components/schemas/Cat/allOf/0/$ref); help: take what both share out into a schema of its own
"
    );
}

#[test]
fn references_to_other_files_are_checked_like_all_others() {
    assert_eq!(
        report("files/bad.yaml"),
        r"files/shared/broken.yaml:2:7: error[syntax]: did not find expected ',' or ']', while parsing a flow sequence at line 1 column 7 (at /type/0); help: put a comma between the entries, or close the bracket or quotation mark before
files/bad.yaml:9:13: warning[remote-reference]: `https://example.com/contact.yaml` is not in a local file: any value is taken (at /components/schemas/Remote/$ref); help: `--allow-remote` fetches it once and keeps a copy beside the contract
files/bad.yaml:11:13: warning[reference-outside]: `../values.yaml` is outside the folder of the contract: any value is taken (at /components/schemas/Outside/$ref); help: move the file into the contract's folder, or allow it with `--allow-outside`
files/bad.yaml:13:13: warning[unreadable-file]: `shared/nothing.yaml` cannot be read: No such file or directory (os error 2): any value is taken (at /components/schemas/Missing/$ref)
files/bad.yaml:15:13: warning[dangling-reference]: `shared/parameters.json#/shema` leads to nothing: any value is taken (at /components/schemas/Dangling/$ref); help: did you mean `shared/parameters.json#/schema`?
files/bad.yaml:17:13: warning[dangling-reference]: what follows `#` in `#contact` is no JSON Pointer and no anchor: any value is taken (at /components/schemas/Anchor/$ref); help: write `#/components/schemas/Name`
"
    );
}

#[test]
fn what_stands_beside_a_reference_is_a_warning_in_openapi_3_0() {
    assert_eq!(
        report("ref-siblings.yaml"),
        r"ref-siblings.yaml:19:11: warning[ref-siblings]: OpenAPI 3.0 passes over what stands beside `$ref`: `maxLength`, `nullable` (at /components/schemas/Contact/properties/last/maxLength); help: put the reference into `allOf` and keep the rest beside that
"
    );
}

#[test]
fn an_operation_id_belongs_to_one_operation() {
    assert_eq!(
        report("duplicate-operation-id.yaml"),
        r"duplicate-operation-id.yaml:14:20: warning[duplicate-operation-id]: the operationId `contacts` is that of another operation as well, at /paths/~1contacts/get: this one is named after its method and path (at /paths/~1contacts~1all/get/operationId); help: give each operation an id of its own
"
    );
}

#[test]
fn path_parameters_match_the_template_in_both_directions() {
    assert_eq!(
        report("path-parameters.yaml"),
        r"path-parameters.yaml:6:3: warning[path-parameter-duplicate]: the path has `{id}` more than once (at /paths/~1contacts~1{id}~1{id}~1media~1{mediumId}); help: a parameter has one value: give each place a name of its own
path-parameters.yaml:8:9: warning[path-parameter-optional]: the path parameter `id` is always needed, but not marked `required` (at /paths/~1contacts~1{id}~1{id}~1media~1{mediumId}/parameters/0); help: add `required: true`
path-parameters.yaml:12:5: warning[missing-operation-id]: this operation has no `operationId`: it is named after its method and path (at /paths/~1contacts~1{id}~1{id}~1media~1{mediumId}/get); help: give each operation an id, which then stays its name when the path changes
path-parameters.yaml:14:11: warning[path-parameter-unused]: the path `/contacts/{id}/{id}/media/{mediumId}` has no `{mediumld}`: it is taken for `mediumId` (at /paths/~1contacts~1{id}~1{id}~1media~1{mediumId}/get/parameters/0); help: did you mean `mediumId`?
path-parameters.yaml:23:11: warning[duplicate-parameter]: the query parameter `page` is declared more than once: the first one counts (at /paths/~1contacts~1{id}~1{id}~1media~1{mediumId}/get/parameters/2); help: a parameter is told from others by its name and location
path-parameters.yaml:30:3: warning[bad-path]: the braces in `/broken/{id` do not match: they stand for themselves (at /paths/~1broken~1{id)
path-parameters.yaml:31:5: warning[missing-operation-id]: this operation has no `operationId`: it is named after its method and path (at /paths/~1broken~1{id/get); help: give each operation an id, which then stays its name when the path changes
"
    );
}

#[test]
fn a_path_may_have_a_query_and_what_is_a_fragment_is_not_sent() {
    assert_eq!(
        report("path-queries.yaml"),
        r"path-queries.yaml:4:3: warning[path-fragment]: `#one` is no part of a path: it tells `/things#one` from others, and is not sent (at /paths/~1things#one); help: what the server tells operations by is a query, a header or the body
path-queries.yaml:6:3: warning[path-fragment]: `#{two}` is no part of a path: it tells `/things/{id}?first#{two}` from others, and is not sent (at /paths/~1things~1{id}?first#{two}); help: what the server tells operations by is a query, a header or the body
path-queries.yaml:16:3: warning[path-fragment]: `#both` is no part of a path: it tells `/search?q={q}&exact&tag={tag}#both` from others, and is not sent (at /paths/~1search?q={q}&exact&tag={tag}#both); help: what the server tells operations by is a query, a header or the body
path-queries.yaml:17:5: warning[bad-path]: `q` is a parameter of the query, and the path `/search?q={q}&exact&tag={tag}#both` has it as well: it is sent once (at /paths/~1search?q={q}&exact&tag={tag}#both/get); help: leave it out of the path
path-queries.yaml:17:5: warning[bad-path]: `tag` is a parameter of the query, and the path `/search?q={q}&exact&tag={tag}#both` has it as well: it is sent once (at /paths/~1search?q={q}&exact&tag={tag}#both/get); help: leave it out of the path
path-queries.yaml:22:5: warning[bad-path]: `tag` is a parameter of the query, and the path `/search?tag={tag}` has it as well: it is sent once (at /paths/~1search?tag={tag}/get); help: leave it out of the path
path-queries.yaml:27:5: warning[bad-path]: `q` is a parameter of the query, and the path `/fixed?q=1` has it as well: it is sent twice where it is given (at /paths/~1fixed?q=1/get); help: leave it out of the path
path-queries.yaml:31:3: warning[path-fragment]: `#{a` is no part of a path: it tells `/broken/{open#{a` from others, and is not sent (at /paths/~1broken~1{open#{a); help: what the server tells operations by is a query, a header or the body
path-queries.yaml:31:3: warning[bad-path]: the braces in `/broken/{open#{a` do not match: they stand for themselves (at /paths/~1broken~1{open#{a)
path-queries.yaml:34:5: warning[bad-path]: `q` is a parameter of the query, and the path `/short?{q}` has it as well: it is sent once (at /paths/~1short?{q}/get); help: leave it out of the path
path-queries.yaml:39:5: warning[bad-path]: `q` is a parameter of the query, and the path `/expanded/{id}{?q,r}` has it as well: it is sent once (at /paths/~1expanded~1{id}{?q,r}/get); help: leave it out of the path
path-queries.yaml:39:5: warning[bad-path]: `r` is a parameter of the query, and the path `/expanded/{id}{?q,r}` has it as well: it is sent once (at /paths/~1expanded~1{id}{?q,r}/get); help: leave it out of the path
path-queries.yaml:47:5: warning[path-fragment]: `{#part}` is no part of a path, and is not sent (at /paths/~1modified{?q*,r:3}{#part}/get)
path-queries.yaml:47:5: warning[bad-path]: `q` is a parameter of the query, and the path `/modified{?q*,r:3}{#part}` has it as well: it is sent once (at /paths/~1modified{?q*,r:3}{#part}/get); help: leave it out of the path
path-queries.yaml:47:5: warning[bad-path]: `r` is a parameter of the query, and the path `/modified{?q*,r:3}{#part}` has it as well: it is sent once (at /paths/~1modified{?q*,r:3}{#part}/get); help: leave it out of the path
path-queries.yaml:54:5: warning[bad-path]: `{?q}` names `q`, which is no parameter: it is left out (at /paths/~1undefined{?q}/get); help: describe it as a parameter with `in: query`, and leave it out of the path
path-queries.yaml:61:5: warning[bad-path]: `comp` is a parameter of the query, and the path `/listed?comp=list&all` has it as well: it is sent once (at /paths/~1listed?comp=list&all/get); help: leave it out of the path
"
    );
}

#[test]
fn variables_of_servers_are_declared_and_have_defaults() {
    assert_eq!(
        report("servers.yaml"),
        r"servers.yaml:4:12: warning[undeclared-server-variable]: `{tenant}` is not among the `variables` of this server: it is `tenant` unless a caller gives another value (at /servers/0/url); help: declare it: `variables: { tenant: { default: ... } }`
servers.yaml:5:10: warning[undeclared-server-variable]: `{base}` is not among the `variables` of this server: it is `base` unless a caller gives another value (at /servers/1/url); help: declare it: `variables: { base: { default: ... } }`
servers.yaml:6:18: warning[bad-object]: this Server Variable Object has no `default`: it is `eu` (at /servers/1/variables/region)
servers.yaml:6:46: warning[bad-object]: this Server Variable Object has no `default`: it is `name` (at /servers/1/variables/name)
servers.yaml:11:24: warning[undeclared-server-variable]: `{own}` is not among the `variables` of this server: it is `own` unless a caller gives another value (at /paths/~1contacts/get/servers/0/url); help: declare it: `variables: { own: { default: ... } }`
"
    );
}

#[test]
fn extensions_are_known_and_have_values_that_fit() {
    assert_eq!(
        report("extensions.yaml"),
        r"extensions.yaml:5:1: error[unknown-extension]: there is no extension `x-typewright-evidense` (at /x-typewright-evidense); help: did you mean `x-typewright-evidence`?
extensions.yaml:12:15: error[bad-extension]: `x-typewright-evidence` must be one of `documented`, `example` and `inferred` (at /components/schemas/Contact/x-typewright-evidence/self)
extensions.yaml:16:32: error[bad-extension]: `x-typewright-secret` must be a boolean, and this is a string (at /components/schemas/Contact/properties/token/x-typewright-secret)
extensions.yaml:19:30: error[bad-extension]: `x-typewright-type` must be the path of a Rust type, such as `rust_decimal::Decimal` (at /components/schemas/Contact/properties/price/x-typewright-type)
extensions.yaml:22:30: error[bad-extension]: `x-typewright-name` must have a letter that a name can be made of (at /components/schemas/Contact/properties/status/x-typewright-name)
extensions.yaml:23:11: error[unknown-extension]: there is no extension `x-typewright-frobnicate` (at /components/schemas/Contact/properties/status/x-typewright-frobnicate); help: there are `x-typewright-` name, type, format-check, secret, open-enum, empty-as-absent, one-or-many, in-band-error, schema, pagination, poll, evidence, source
extensions.yaml:29:9: error[bad-extension]: `x-typewright-in-band-error` has no `retriable`, only `property`, `message`, `retryable` (at /components/responses/Answer/x-typewright-in-band-error/retriable)
"
    );
}

#[test]
fn keywords_have_values_that_say_something() {
    assert_eq!(
        report("keywords.yaml"),
        r"keywords.yaml:10:18: warning[unknown-property]: `required` names `kinds`, which is not among `properties` (at /components/schemas/Contact/required/0); help: did you mean `kind`?
keywords.yaml:14:21: warning[bad-keyword]: `required` must be a list of names, and this is a boolean: the property is required (at /components/schemas/Contact/properties/name/required); help: name the property in the list `required` of the object that it belongs to
keywords.yaml:15:22: warning[bad-keyword]: `minLength` must be a whole number from 0 on, and this is -1: it is passed over (at /components/schemas/Contact/properties/name/minLength)
keywords.yaml:16:22: warning[bad-keyword]: `maxLength` must be a whole number from 0 on, and this is a string: it is passed over (at /components/schemas/Contact/properties/name/maxLength)
keywords.yaml:20:22: warning[empty-range]: `maxLength` 3 is below `minLength` 5: no value keeps both (at /components/schemas/Contact/properties/code/maxLength)
keywords.yaml:21:11: warning[unknown-keyword]: there is no keyword `maxLenght`: it is passed over (at /components/schemas/Contact/properties/code/maxLenght); help: did you mean `maxLength`?
keywords.yaml:22:20: warning[bad-keyword]: `pattern` must be text, and this is 5: it is read as `5` (at /components/schemas/Contact/properties/code/pattern)
keywords.yaml:25:20: warning[bad-keyword]: `maximum` must be a number, and this is a string: it is read as `5` (at /components/schemas/Contact/properties/count/maximum); help: write the number without quotation marks
keywords.yaml:26:23: warning[bad-keyword]: `multipleOf` must be above 0, and this is 0: it is passed over (at /components/schemas/Contact/properties/count/multipleOf)
keywords.yaml:31:11: warning[bad-keyword]: `enum` must be a list of values, and this is empty: it is passed over (at /components/schemas/Contact/properties/kind/enum)
keywords.yaml:32:21: warning[bad-keyword]: `nullable` must be `true` or `false`, and this is a string: it is read as `true` (at /components/schemas/Contact/properties/kind/nullable); help: write it without quotation marks
keywords.yaml:34:11: warning[newer-keyword]: `type` is a list only since OpenAPI 3.1: it is read as there (at /components/schemas/Contact/properties/tags/type); help: write one type, with `nullable: true` in the place of `null`
keywords.yaml:35:24: warning[bad-keyword]: `uniqueItems` must be `true` or `false`, and this is 1: it is passed over (at /components/schemas/Contact/properties/tags/uniqueItems)
keywords.yaml:36:11: warning[bad-keyword]: `required` must be a list of names, and this is a list of something else: it is read as `[1]` (at /components/schemas/Contact/properties/tags/required)
keywords.yaml:44:21: warning[bad-keyword]: `required` must be a list of names, and this is a string: the property is required (at /components/schemas/Contact/properties/given/required); help: name the property in the list `required` of the object that it belongs to
keywords.yaml:47:21: warning[bad-keyword]: `required` must be a list of names, and this is a string: it is passed over (at /components/schemas/Contact/properties/notGiven/required); help: name the property in the list `required` of the object that it belongs to
keywords.yaml:50:21: warning[bad-keyword]: `required` must be a list of names, and this is a string: it is read as `[yes]` (at /components/schemas/Contact/properties/whole/required)
keywords.yaml:56:20: warning[bad-keyword]: `maximum` must be a number, and this is a number that is too large: it is passed over (at /components/schemas/Contact/properties/tooLarge/maximum)
keywords.yaml:57:20: warning[bad-default]: this default is a number that is too large, and `type` says `number`: it is passed over (at /components/schemas/Contact/properties/tooLarge/default); help: correct the default, or the keyword that it breaks
keywords.yaml:61:17: warning[bad-keyword]: `required` must be a list of names, and this is a boolean: it is passed over (at /components/schemas/Alone/required); help: name the property in the list `required` of the object that it belongs to
"
    );
}

#[test]
fn a_pattern_must_compile_with_or_without_the_flag_u() {
    assert_eq!(
        report("bad-pattern.yaml"),
        r"bad-pattern.yaml:10:16: warning[bad-pattern]: `^[A-Z{2}$` is not a regular expression, and is not checked: Unbalanced bracket (at /components/schemas/Code/pattern); help: patterns are regular expressions of ECMA-262 (JavaScript)
"
    );
}

#[test]
fn defaults_and_examples_hold_against_their_schemas() {
    assert_eq!(
        report("values.yaml"),
        r"values.yaml:11:7: warning[bad-default]: this default has no `name`, which is `required`: it is passed over (at /components/schemas/Contact/default); help: correct the default, or the keyword that it breaks
values.yaml:16:20: warning[bad-default]: this default is longer than `maxLength` 3: it is passed over (at /components/schemas/Contact/properties/name/default); help: correct the default, or the keyword that it breaks
values.yaml:22:20: warning[bad-default]: this default is above `maximum` 150: it is passed over (at /components/schemas/Contact/properties/age/default); help: correct the default, or the keyword that it breaks
values.yaml:25:20: warning[bad-default]: this default is a string, and `type` says `boolean`: it is passed over (at /components/schemas/Contact/properties/active/default); help: correct the default, or the keyword that it breaks
values.yaml:29:20: warning[bad-default]: this default is none of the values of `enum`: it is passed over (at /components/schemas/Contact/properties/kind/default); help: correct the default, or the keyword that it breaks
values.yaml:33:20: warning[bad-example]: this example does not match `pattern` `^[A-Z]{2}$` (at /components/schemas/Contact/properties/code/example)
values.yaml:37:20: warning[bad-default]: this default is not in the format `date`: it is passed over (at /components/schemas/Contact/properties/since/default); help: correct the default, or the keyword that it breaks
values.yaml:40:20: warning[bad-default]: this default is null, and `type` says `string`: it is passed over (at /components/schemas/Contact/properties/parent/default); help: leave it out where there is no default, or let the value be null
values.yaml:49:24: warning[bad-default]: this default is a number, and `type` says `string`: it is passed over (at /components/schemas/Contact/properties/tags/default/1); help: correct the default, or the keyword that it breaks
"
    );
}

#[test]
fn security_requirements_name_declared_schemes() {
    assert_eq!(
        report("security.yaml"),
        r"security.yaml:6:5: warning[undeclared-security-scheme]: there is no security scheme `clientId`: it is passed over (at /security/0/clientId); help: did you mean `client_id`?
security.yaml:9:5: warning[missing-operation-id]: this operation has no `operationId`: it is named after its method and path (at /paths/~1contacts/get); help: give each operation an id, which then stays its name when the path changes
security.yaml:11:11: warning[undeclared-security-scheme]: there is no security scheme `bearer`: it is passed over (at /paths/~1contacts/get/security/0/bearer); help: declare it under `components/securitySchemes`
"
    );
}

#[test]
fn schemes_that_are_needed_together_have_a_header_each() {
    assert_eq!(
        report("security-clashes.yaml"),
        r"security-clashes.yaml:8:24: warning[clashing-security-schemes]: `login` and `token` are both needed, and both are the header `Authorization`: `token` alone is sent (at /paths/~1both/get/security/0/token); help: where either will do, give each an entry of its own in the list
security-clashes.yaml:9:22: warning[clashing-security-schemes]: `key` and `token` are both needed, and both are the header `Authorization`: `token` alone is sent (at /paths/~1both/get/security/1/token); help: where either will do, give each an entry of its own in the list
security-clashes.yaml:9:65: warning[clashing-security-schemes]: `client_id` and `second` are both needed, and both are the header `Client_Id`: `second` alone is sent (at /paths/~1both/get/security/1/second); help: where either will do, give each an entry of its own in the list
"
    );
}

#[test]
fn an_odd_object_is_one_finding_and_the_rest_goes_on() {
    assert_eq!(
        report("odd-objects.yaml"),
        r"odd-objects.yaml:6:5: warning[bad-object]: this is not a valid Server Object, and is passed over: it has no `url` (at /servers/0)
odd-objects.yaml:9:5: warning[missing-operation-id]: this operation has no `operationId`: it is named after its method and path (at /paths/~1contacts/get); help: give each operation an id, which then stays its name when the path changes
odd-objects.yaml:10:7: warning[bad-field]: `summary` must be text, and this is a sequence: it is passed over (at /paths/~1contacts/get/summary)
odd-objects.yaml:14:5: warning[missing-operation-id]: this operation has no `operationId`: it is named after its method and path (at /paths/~1contacts/put); help: give each operation an id, which then stays its name when the path changes
odd-objects.yaml:16:11: warning[bad-object]: there is no location `body`: the parameter is passed over (at /paths/~1contacts/put/parameters/0); help: the locations are `query`, `querystring`, `path`, `header` and `cookie`
odd-objects.yaml:20:11: warning[bad-object]: this is not a valid Parameter Object, and is passed over: it has no `name` (at /paths/~1contacts/put/parameters/1)
odd-objects.yaml:23:11: warning[missing-schema]: this Parameter Object has neither `schema` nor `content`: its values are taken for texts (at /paths/~1contacts/put/parameters/2); help: say what its values are: `schema: { type: string }`
odd-objects.yaml:30:9: warning[bad-status]: `ok` is not a status: it is passed over (at /paths/~1contacts/put/responses/ok); help: write a status (`200`), a class of them (`4XX`) or `default`
odd-objects.yaml:33:20: warning[bad-object]: this should be a mapping with a Media Type Object under each name, and is a string: it is passed over (at /paths/~1contacts/put/responses/200/content)
odd-objects.yaml:34:5: warning[missing-responses]: this operation has no `responses` (at /paths/~1contacts/post); help: describe at least what a successful call gives
odd-objects.yaml:34:5: warning[missing-operation-id]: this operation has no `operationId`: it is named after its method and path (at /paths/~1contacts/post); help: give each operation an id, which then stays its name when the path changes
odd-objects.yaml:38:10: warning[bad-object]: a Schema Object is a mapping, and this is null: it is taken for any value (at /components/schemas/Empty)
odd-objects.yaml:41:14: warning[bad-object]: a Schema Object is a mapping, and this is a string: it is taken for any value (at /components/schemas/List/items)
odd-objects.yaml:42:7: warning[bad-object]: this should be a sequence of Schema Objects, and is a mapping: it is taken for the only one (at /components/schemas/List/allOf)
"
    );
}

#[test]
fn a_field_that_the_specification_does_not_have_is_spoken_of() {
    assert_eq!(
        report("fields.yaml"),
        r"fields.yaml:5:5: warning[unknown-field]: the Path Item Object has no field `GET`: it is passed over (at /paths/~1contacts/GET); help: did you mean `get`?
fields.yaml:7:5: warning[missing-operation-id]: this operation has no `operationId`: it is named after its method and path (at /paths/~1contacts/post); help: give each operation an id, which then stays its name when the path changes
fields.yaml:8:7: warning[unknown-field]: the Operation Object has no field `parameter`: it is passed over (at /paths/~1contacts/post/parameter); help: did you mean `parameters`?
fields.yaml:9:7: warning[unknown-field]: the Operation Object has no field `requestbody`: it is passed over (at /paths/~1contacts/post/requestbody); help: did you mean `requestBody`?
fields.yaml:14:11: warning[unknown-field]: the Response Object has no field `schema`: it is passed over (at /paths/~1contacts/post/responses/200/schema)
fields.yaml:16:3: warning[unknown-field]: the Components Object has no field `schema`: it is passed over (at /components/schema); help: did you mean `schemas`?
"
    );
}

#[test]
fn names_of_headers_have_no_case_and_some_are_none() {
    assert_eq!(
        report("headers.yaml"),
        r"headers.yaml:15:11: warning[duplicate-parameter]: the header parameter `x-tWICE` is declared more than once: the first one counts (at /paths/~1contacts/put/parameters/1); help: a parameter is told from others by its name and location
headers.yaml:18:19: warning[bad-header-name]: `X Bad` cannot be the name of a header: what is described there is passed over (at /paths/~1contacts/put/parameters/4/name); help: a name has letters, digits and hyphens
headers.yaml:23:81: warning[duplicate-header]: the header `x-one` is `X-One`, as names of headers have no case: the first one counts (at /paths/~1contacts/put/requestBody/content/multipart~1form-data/encoding/file/headers/x-one)
headers.yaml:23:118: warning[bad-header-name]: `` cannot be the name of a header: what is described there is passed over (at /paths/~1contacts/put/requestBody/content/multipart~1form-data/encoding/file/headers/); help: a name has letters, digits and hyphens
headers.yaml:32:9: warning[duplicate-header]: the header `x-rate` is `X-Rate`, as names of headers have no case: the first one counts (at /components/responses/All/headers/x-rate)
headers.yaml:33:9: warning[bad-header-name]: `Rate 😀` cannot be the name of a header: what is described there is passed over (at /components/responses/All/headers/Rate 😀); help: a name has letters, digits and hyphens
headers.yaml:35:44: warning[bad-header-name]: `Api Key` cannot be the name of a header: what is described there is passed over (at /components/securitySchemes/key/name); help: a name has letters, digits and hyphens
"
    );
}

#[test]
fn a_key_of_content_that_is_no_media_type_is_spoken_of() {
    assert_eq!(
        report("media-types.yaml"),
        r"media-types.yaml:8:46: warning[bad-media-type]: `json` is no media type: it is read as `*/*` (at /paths/~1contacts/post/parameters/0/content/json); help: write one with its type and subtype: `application/json`
media-types.yaml:8:82: warning[extra-media-type]: the Parameter Object has one media type: `application/xml` is passed over (at /paths/~1contacts/post/parameters/0/content/application~1xml)
media-types.yaml:11:11: warning[bad-media-type]: `json` is no media type: it is read as `*/*` (at /paths/~1contacts/post/requestBody/content/json); help: write one with its type and subtype: `application/json`
media-types.yaml:12:11: warning[bad-media-type]: `` is no media type: it is passed over, as `*/*` is there already (at /paths/~1contacts/post/requestBody/content/); help: write one with its type and subtype: `application/json`
media-types.yaml:20:13: warning[bad-media-type]: `application/json, application/xml` is no media type: it is passed over, as `*/*` is there already (at /paths/~1contacts/post/responses/200/content/application~1json, application~1xml); help: write one with its type and subtype: `application/json`
"
    );
}

#[test]
fn all_mistakes_are_reported_at_once_from_top_to_bottom() {
    assert_eq!(
        report("all-at-once.yaml"),
        r"all-at-once.yaml:7:5: warning[path-parameter-undeclared]: the path `/contacts/{id}` has `{id}`, and this operation declares no such parameter: it is taken for text (at /paths/~1contacts~1{id}/get); help: add a parameter with `name: id` and `in: path`
all-at-once.yaml:14:22: warning[bad-default]: this default is a string, and `type` says `integer`: it is passed over (at /paths/~1contacts~1{id}/get/parameters/0/schema/default); help: correct the default, or the keyword that it breaks
all-at-once.yaml:21:23: warning[dangling-reference]: `#/components/schemas/Contct` leads to nothing: any value is taken (at /paths/~1contacts~1{id}/get/responses/200/content/application~1json/schema/$ref); help: did you mean `#/components/schemas/Contact`?
all-at-once.yaml:22:5: warning[path-parameter-undeclared]: the path `/contacts/{id}` has `{id}`, and this operation declares no such parameter: it is taken for text (at /paths/~1contacts~1{id}/delete); help: add a parameter with `name: id` and `in: path`
all-at-once.yaml:23:20: warning[duplicate-operation-id]: the operationId `contact` is that of another operation as well, at /paths/~1contacts~1{id}/get: this one is named after its method and path (at /paths/~1contacts~1{id}/delete/operationId); help: give each operation an id of its own
all-at-once.yaml:31:16: warning[bad-pattern]: `(` is not a regular expression, and is not checked: Unbalanced parenthesis (at /components/schemas/Contact/pattern); help: patterns are regular expressions of ECMA-262 (JavaScript)
all-at-once.yaml:32:7: error[unknown-extension]: there is no extension `x-typewright-secrt` (at /components/schemas/Contact/x-typewright-secrt); help: did you mean `x-typewright-secret`?
"
    );
}

#[test]
fn a_pattern_that_would_take_years_to_match_takes_no_time() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("hostile.yaml");
    let text = "openapi: 3.0.3\ninfo: { title: a, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    Slow: { type: string, pattern: '^([a-z.-]*)*$', example: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' }\n";
    std::fs::write(&spec, text).unwrap();
    let started = std::time::Instant::now();
    let generated = typewright::Generator::new(&spec).generate().unwrap();
    assert!(started.elapsed().as_secs() < 10);
    let codes: Vec<_> = generated
        .diagnostics()
        .entries()
        .iter()
        .map(|entry| entry.code)
        .collect();
    assert_eq!(codes, ["bad-example"]);
}

#[test]
fn a_type_of_others_that_is_no_path_is_passed_over_with_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("hostile.yaml");
    let text = "openapi: 3.0.3\ninfo: { title: a, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    A: { type: object, properties: { a: { type: string, x-rust-type: 'u8 } fn evil() { let _: u8' } } }\n";
    std::fs::write(&spec, text).unwrap();
    let generated = typewright::Generator::new(&spec).generate().unwrap();
    assert_eq!(generated.diagnostics().entries()[0].code, "bad-extension");
    let file = generated.file();
    assert!(file.contains("a: Option<String>"), "{file}");
    assert!(!file.contains("evil"), "{file}");
}

/// What is reported of an operation that says this of its pages.
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
fn about_pages(stated: &str) -> Vec<String> {
    let text = format!(
        r#"
openapi: 3.0.3
info: {{ title: a, version: "1" }}
paths:
  /things/{{id}}:
    get:
      operationId: things
      x-typewright-pagination: {stated}
      parameters:
        - {{ name: id, in: path, required: true, schema: {{ type: string }} }}
        - {{ name: at, in: query, schema: {{ type: string }} }}
      responses:
        "200":
          description: Some.
          content: {{ application/json: {{ schema: {{ type: object, properties: {{ data: {{ type: array, items: {{ type: string }} }} }} }} }} }}
"#
    );
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pages.yaml");
    std::fs::write(&spec, text).unwrap();
    let found = match typewright::Generator::new(&spec).generate() {
        Ok(generated) => vec![generated.diagnostics().clone()],
        Err(failure) => failure.diagnostics().to_vec(),
    };
    let entries = found.iter().flat_map(Diagnostics::entries);
    entries
        .map(|entry| format!("{}: {}", entry.code, entry.message))
        .collect()
}

#[test]
fn what_is_said_of_pages_is_checked() {
    for (stated, reported) in [
        (
            "{ style: cursor, parameter: at, next: /next, items: /data }",
            "",
        ),
        ("false", ""),
        (
            "true",
            "bad-extension: `x-typewright-pagination` must be a mapping with `style`, or `false`, and this is a boolean",
        ),
        (
            "{ parameter: at }",
            "bad-extension: `x-typewright-pagination` must say `style`: `cursor`, `last-item`, `offset`, `page`, `url`, `link`",
        ),
        (
            "{ style: cursors }",
            "bad-extension: `x-typewright-pagination` must have one of `cursor`, `last-item`, `offset`, `page`, `url` and `link` under `style`",
        ),
        (
            "{ style: link, item: /data }",
            "bad-extension: `x-typewright-pagination` has no `item`, only `style`, `parameter`, `items`, `next`, `more`, `first`",
        ),
        (
            "{ style: link, items: data }",
            "bad-extension: `x-typewright-pagination` must have a JSON Pointer such as `/data` under `items`",
        ),
        (
            "{ style: cursor, parameter: at }",
            "bad-pagination: must say `next`, as a JSON Pointer into the answer",
        ),
        (
            "{ style: cursor, next: /next }",
            "bad-pagination: must say `parameter`, by its name",
        ),
        (
            "{ style: offset, parameter: id, items: /data }",
            "bad-pagination: names `id`, which is no parameter of the operation",
        ),
        (
            "{ style: link, items: /date }",
            "pages-without-items: there is no list at `/date` in the answer: only whole pages are handed out",
        ),
    ] {
        assert_eq!(about_pages(stated).join("\n"), reported, "{stated}");
    }
}
