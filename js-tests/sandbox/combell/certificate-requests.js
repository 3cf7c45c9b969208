// Orders of certificates. As with jobs, they get on with every look at them.

import { accepted, created, demand, ok, pathOf } from "../answers.js";
import { addCertificate } from "./certificates.js";
import { readCsr } from "./csr.js";
import { page } from "./paging.js";
import { validationsOf } from "./validations.js";

/**
 * @typedef {import("../answers.js").Answer} Answer
 * @typedef {import("./certificates.js").AltName} AltName
 * @typedef {import("./certificates.js").CertificateType} CertificateType
 * @typedef {import("./certificates.js").ValidationLevel} ValidationLevel
 * @typedef {import("./request-plans.js").RequestPlan} RequestPlan
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} CertificateRequest
 * @property {number} id
 * @property {CertificateType} type
 * @property {ValidationLevel} level
 * @property {string} commonName
 * @property {AltName[]} names
 * @property {Required<RequestPlan>["validation"]} validation
 * @property {boolean} verified nothing is left for the customer to do
 * @property {number} pollsLeft
 * @property {"issued" | "failed"} outcome
 * @property {{ answer: Answer } | undefined} end what it answers once it is over
 *
 * @typedef {object} CreateBody
 * @property {string} csr
 * @property {CertificateType} certificate_type
 * @property {ValidationLevel} validation_level
 * @property {{ name?: string, value?: string }[]} [additional_validation_attributes]
 *
 * @typedef {{ id: number }} Params
 */

/**
 * @param {World} world
 * @param {Pick<CertificateRequest, "type" | "level" | "commonName" | "names">} ordered
 * @param {RequestPlan} plan
 * @returns {CertificateRequest}
 */
export function addCertificateRequest(world, ordered, plan) {
  const { validation = "auto", outcome = "issued", polls = world.settings.jobPolls } = plan;
  return world.certificateRequests.add({
    id: world.number("certificate request"),
    ...ordered,
    validation,
    verified: validation === "auto",
    pollsLeft: polls,
    outcome,
    end: undefined,
  });
}

/** What the vendor has to know about an organization. */
const ATTRIBUTES = [
  ...["Firstname", "Lastname", "Phone", "EmailAddress"],
  ...["Street", "Number", "PostalCode", "VatCountryCode"],
];

/** @param {CertificateRequest} request */
const orderCode = ({ id }) => `SSL-${id}`;

/** @param {CertificateRequest} request */
const listed = (request) => ({
  id: request.id,
  certificate_type: request.type,
  validation_level: request.level,
  vendor: "sectigo",
  common_name: request.commonName,
  order_code: orderCode(request),
});

/**
 * @param {World} world
 * @param {CertificateRequest} request
 * @returns {Answer}
 */
function finish(world, request) {
  if (request.outcome === "failed") return { status: 410 };
  const { sha1_fingerprint } = addCertificate(world, {
    order: orderCode(request),
    common_name: request.commonName,
    validation_level: request.level,
    type: request.type,
    subject_alt_names: request.names,
  });
  return { status: 303, headers: { location: pathOf("v2", "sslcertificates", sha1_fingerprint) } };
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const certificateRequestHandlers = {
  "sslCertificateRequests.list": (
    /** @type {import("./world.js").Call<import("./paging.js").Paging>} */ { world, params },
  ) => {
    const open = world.certificateRequests.all().filter((request) => !request.end);
    return page(world, params, open.map(listed));
  },

  "sslCertificateRequests.get": (/** @type {import("./world.js").Call<Params>} */ { world, params }) => {
    const request = world.certificateRequests.find(params.id);
    if (request.verified && request.pollsLeft === 0) request.end ??= { answer: finish(world, request) };
    if (request.end) return request.end.answer;
    if (request.verified) request.pollsLeft -= 1;
    return ok({
      ...listed(request),
      subject_alt_names: request.names,
      validations: validationsOf(request),
      provider_portal_url: `https://portal.sectigo.example/orders/${orderCode(request)}`,
    });
  },

  "sslCertificateRequests.verify": (/** @type {import("./world.js").Call<Params>} */ { world, params }) => {
    const request = world.certificateRequests.find(params.id);
    if (request.end) return request.end.answer;
    request.verified = true;
    return accepted();
  },

  "sslCertificateRequests.create": (
    /** @type {import("./world.js").Call<{}, CreateBody>} */ { world, body },
  ) => {
    const { certificate_type: type, validation_level: level, additional_validation_attributes = [] } = body;
    const csr = readCsr(body.csr);
    const commonName = csr?.commonName ?? "";
    const given = additional_validation_attributes.filter(({ value }) => value).map(({ name }) => name);
    const missing = level === "domain_validated" ? [] : ATTRIBUTES.filter((name) => !given.includes(name));
    const typeFits = !csr || (type === "wildcard") === commonName.startsWith("*.");
    demand(
      [csr !== undefined, "csr_invalid", "This is no certificate signing request with a common name."],
      [
        typeFits,
        "certificate_type_invalid",
        "A wildcard certificate, and no other, has a common name with *.",
      ],
      [missing.length === 0, "validation_attributes_required", `Required: ${missing.join(", ")}.`],
    );
    /** @type {AltName} */
    const main = { type: "dns", value: commonName };
    const others = (csr?.altNames ?? []).filter(({ value }) => value !== commonName);
    const ordered = { type, level, commonName, names: [main, ...others] };
    const { id } = addCertificateRequest(world, ordered, world.requestPlans.shift() ?? {});
    return created(pathOf("v2", "sslcertificaterequests", String(id)));
  },
};
