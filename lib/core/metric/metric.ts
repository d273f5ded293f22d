/** One number about what Trueup does, named as the log line it comes from. */
export type Metric = { name: string; unit: 'Count' | 'Milliseconds'; value: number };
