// What the registries of some extensions ask of the holder of a domain name.

/**
 * @typedef {object} Registrant
 * @property {string} [first_name]
 * @property {string} [last_name]
 * @property {string} [address]
 * @property {string} [postal_code]
 * @property {string} [city]
 * @property {string} [country_code]
 * @property {string} [email]
 * @property {string} [fax]
 * @property {string} [phone]
 * @property {string} [language_code]
 * @property {string} [company_name] its presence makes the registrant a company
 * @property {string} [enterprise_number]
 * @property {{ name?: string, value?: string }[]} [extra_fields] only sent, never shown
 */

/**
 * @param {string} domain
 * @param {Registrant | undefined} registrant
 * @returns {[holds: boolean, code: string, text: string][]}
 */
export function needsOfRegistrant(domain, registrant) {
  if (!registrant) return [];
  const extension = domain.slice(domain.lastIndexOf(".") + 1);
  const country = registrant.country_code?.toUpperCase();
  const isCompany = Boolean(registrant.company_name);
  const given = (registrant.extra_fields ?? []).filter(({ value }) => value).map(({ name }) => name);
  const needed = [
    isCompany && ["dk", "es", "fr", "nu", "se"].includes(extension) ? "CompanyNumber" : "",
    !isCompany && ["es", "nu", "se"].includes(extension) ? "PassportNumber" : "",
    !isCompany && extension === "it" ? (country === "IT" ? "CodiceFiscal" : "PassportNumber") : "",
  ].filter((name) => name !== "");
  return [
    [
      extension !== "ca" || country === "CA",
      "registrant_country_invalid",
      "A .ca name is for registrants in CA.",
    ],
    ...needed.map(
      /** @returns {[boolean, string, string]} */
      (name) => [
        given.includes(name),
        "registrant_extra_field_required",
        `The extra field ${name} is required.`,
      ],
    ),
  ];
}
