import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { SettingsError } from './settings.ts';
import { readSettings } from './settings-sources.ts';
import { SluiceStack } from './stack.ts';

/** The CDK app: `node infra/app.ts`, as cdk.json says. */
function main(): void {
  const app = new App();
  const settings = readSettings(app.node.getAllContext(), process.env);
  new SluiceStack(app, settings);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
}

try {
  main();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error('Sluice cannot be synthesised with these settings:');
  for (const problem of error.problems) console.error(`- ${problem}`);
  process.exitCode = 1;
}
