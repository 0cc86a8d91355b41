// A CDK app for trying the deployment itself: the stack with functions that do nothing.
import { App } from 'aws-cdk-lib';
import { readSettings } from '../../infra/settings-sources.ts';
import { SluiceStack } from '../../infra/stack.ts';
import { fixtureFunctions } from './synthesise.ts';

const app = new App();
new SluiceStack(app, readSettings(app.node.getAllContext(), {}), fixtureFunctions);
app.synth();
