/** Which fields of answers are secret, by provider and operation: the build makes it of the specs. */
export declare const SECRET_FIELDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
