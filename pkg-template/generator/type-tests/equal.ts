/** Whether two types are the same, and not only assignable. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles where the two types are the same. */
export declare function same<A, B>(...proof: Equal<A, B> extends true ? [] : ["the types differ"]): void;
