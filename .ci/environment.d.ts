/** The one global of Node's that bundlers replace, so that the library may read it. */
declare const process: { readonly env: { readonly NODE_ENV?: string } }
