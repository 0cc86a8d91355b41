import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

export interface BundleOptions {
  /** The handler's TypeScript file; it exports `handler`. */
  entry: string;
  /** A label written into the bundle, so that one source can be told from another once it is deployed. */
  build?: string;
}

const root = join(import.meta.dirname, '..');

// Libraries written for CommonJS call `require` for Node's own modules, which an ES module does not have.
const requireBanner =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

/**
 * Bundles a handler with all that it imports, the AWS SDK included (so that what was tested is what runs), into
 * `directory/handler.mjs`. What the code imports dynamically becomes a chunk of its own, read when it is needed.
 * The output depends on the sources alone: neither on the output's place nor on the machine.
 *
 * @throws the build's errors as esbuild words them
 */
export function bundleInto(directory: string, { entry, build }: BundleOptions): void {
  // A made-up place inside the project, since source maps name their sources relative to it.
  const outdir = join(root, 'cdk.out', 'bundle');
  const result = buildSync({
    absWorkingDir: root,
    entryPoints: { handler: entry },
    outdir,
    outExtension: { '.js': '.mjs' },
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'error',
    banner: { js: `${build ? `/* build ${build} */` : ''}${requireBanner}` },
  });
  for (const file of result.outputFiles) {
    const path = join(directory, relative(outdir, file.path));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.contents);
  }
}

/** A handler's bundle as code of a Lambda function; the asset's hash is the hash of what was built. */
export function bundledCode(options: BundleOptions): AssetCode {
  return Code.fromAsset(dirname(options.entry), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never used: the local bundling below always answers.
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle(directory) {
          bundleInto(directory, options);
          return true;
        },
      },
    },
  });
}
