import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../core/settings.ts';
import { readEnvironment, readSettings } from './environment.ts';

describe('readEnvironment', () => {
  it('gives what was asked for and nothing else', () => {
    const from = { SLUICE_TABLE: 'table', SLUICE_BUCKET: 'bucket' };
    expect(readEnvironment(['SLUICE_TABLE'], from)).toEqual({ SLUICE_TABLE: 'table' });
  });

  it('names all that is missing, what it is and what to do', () => {
    const read = () =>
      readEnvironment(['SLUICE_TABLE', 'SLUICE_BUCKET', 'SLUICE_SETTINGS'], {
        SLUICE_TABLE: 't',
        SLUICE_BUCKET: '',
      });
    expect(read).toThrow(/SLUICE_BUCKET \(the bucket's name\), SLUICE_SETTINGS .*deploy the stack again/);
    expect(read).not.toThrow(/SLUICE_TABLE/);
  });
});

describe('readSettings', () => {
  it('completes an older deploy’s settings', () => {
    const settings = readSettings({ SLUICE_SETTINGS: '{"model":"demo","limits":{"leaseMs":1}}' });
    expect(settings.limits).toEqual({ ...defaultLimits, leaseMs: 1 });
  });

  it.each(['', 'not json', undefined])('says what to do about %j', (text) => {
    expect(() => readSettings({ SLUICE_SETTINGS: text })).toThrow(/SLUICE_SETTINGS.*deploy the stack again/);
  });
});
