/** The one customer of the sandbox. */
export const CUSTOMER_ID = "328100";

/** Who does all that is done. */
export const USERNAME = "robin@example.com";
