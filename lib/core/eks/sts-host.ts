/** The host of STS in a region. Each partition of AWS (China, GovCloud, the isolated ones) has a DNS suffix of its own. */
export function stsHost(region: string): string {
  const partition = partitions.find(({ regions }) => regions.test(region));
  return `sts.${region}.${partition?.dnsSuffix ?? 'amazonaws.com'}`;
}

/**
 * Those that differ from `amazonaws.com`, as in botocore/data/partitions.json. There is no FIPS host here: the URL of a
 * token is called by the cluster's authenticator, and in GovCloud the plain host is the FIPS one.
 */
const partitions = [
  { regions: /^cn-\w+-\d+$/, dnsSuffix: 'amazonaws.com.cn' },
  { regions: /^eusc-de-\w+-\d+$/, dnsSuffix: 'amazonaws.eu' },
  { regions: /^us-iso-\w+-\d+$/, dnsSuffix: 'c2s.ic.gov' },
  { regions: /^us-isob-\w+-\d+$/, dnsSuffix: 'sc2s.sgov.gov' },
  { regions: /^eu-isoe-\w+-\d+$/, dnsSuffix: 'cloud.adc-e.uk' },
  { regions: /^us-isof-\w+-\d+$/, dnsSuffix: 'csp.hci.ic.gov' },
];
