/** What a door works with, asked for at each invocation: the configuration may have changed since the last one. */
export type Open<Parts> = () => Promise<Parts>;
