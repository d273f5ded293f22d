import { equal } from 'node:assert/strict';
import test from 'node:test';
import { isBundleUrl } from '../../../lib/core/render/is-bundle-url.ts';

for (const { url, region = 'eu-west-1', local = false, gives } of [
  { url: 'https://scratch.s3.eu-west-1.amazonaws.com/render/1/in?X-Amz-Signature=0', gives: true },
  { url: 'https://s3.eu-west-1.amazonaws.com/scratch/render/1/in', gives: true },
  { url: 'https://scratch.s3.dualstack.eu-west-1.amazonaws.com/render/1/in', gives: true },
  { url: 'https://a.b.s3.cn-north-1.amazonaws.com.cn/render/1/in', region: 'cn-north-1', gives: true },
  { url: 'https://scratch.s3.us-east-1.amazonaws.com/render/1/in', gives: false },
  { url: 'http://scratch.s3.eu-west-1.amazonaws.com/render/1/in', gives: false },
  { url: 'https://scratch.s3.eu-west-1.amazonaws.com:8443/render/1/in', gives: false },
  { url: 'https://user:word@scratch.s3.eu-west-1.amazonaws.com/render/1/in', gives: false },
  { url: 'https://s3.eu-west-1.amazonaws.com.evil.example/scratch', gives: false },
  { url: 'https://evils3.eu-west-1.amazonaws.com/scratch', gives: false },
  { url: 'https://evil.example/s3.eu-west-1.amazonaws.com', gives: false },
  { url: 'https://169.254.169.254/latest/meta-data', gives: false },
  { url: 'http://127.0.0.1:4566/scratch/render/1/in', gives: false },
  { url: 'http://127.0.0.1:4566/scratch/render/1/in', local: true, gives: true },
  { url: 'http://127.0.0.2:4566/scratch/render/1/in', local: true, gives: false },
  { url: 'http://127.0.0.1.evil.example/scratch', local: true, gives: false },
  { url: 'file:///etc/passwd', local: true, gives: false },
  { url: 'not a URL', gives: false },
]) {
  const where = local ? `${region}, locally` : region;
  test(`is-bundle-url ${gives ? 'takes' : 'refuses'} ${url} in ${where}`, () =>
    equal(isBundleUrl(url, { region, local }), gives));
}
