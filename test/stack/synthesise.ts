import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readSettings } from '../../infra/settings-sources.ts';
import { SluiceStack } from '../../infra/stack.ts';

export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export interface Synthesised {
  templateFile: string;
  resources: Record<string, Resource>;
  text: string;
  /** What cdk-nag found: one entry per pack that has findings. */
  findings: unknown[];
}

/** Functions that do nothing: the tests here are about the stack, and bundling them takes no time. */
export const fixtureFunctions = join(import.meta.dirname, 'fixture-functions');

/** Synthesises the stack in this process with cdk-nag, as infra/app.ts does. */
export function synthesise(context: Record<string, string>): Synthesised {
  const outdir = mkdtempSync(join(tmpdir(), 'sluice-synth-'));
  const app = new App({ outdir, context });
  new SluiceStack(app, readSettings(app.node.getAllContext(), {}), fixtureFunctions);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
  const templateFile = join(outdir, 'Sluice.template.json');
  const text = readFileSync(templateFile, 'utf8');
  const report: { pluginReports: unknown[] } = JSON.parse(
    readFileSync(join(outdir, 'validation-report.json'), 'utf8'),
  );
  const { Resources: resources }: { Resources: Record<string, Resource> } = JSON.parse(text);
  return { templateFile, resources, text, findings: report.pluginReports };
}
