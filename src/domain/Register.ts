/**
 * What a host tells the kit's types, by module augmentation: `declare module 'addon-kit' { interface Register { addOnId:
 * 'analytics-plus' | 'ai-assist' } }` refuses every other id at compile time, and changes nothing at run time.
 */
// biome-ignore lint/suspicious/noEmptyInterface: a host adds to it
export interface Register {}

/** The id of an add-on in the catalogue: one of those that the host has registered. @default string */
export type AddOnId = Register extends { addOnId: infer Id extends string } ? Id : string
