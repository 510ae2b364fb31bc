/** The browsers that stylesheets are built for: older ones make the minifier rewrite `light-dark()`. */
export const cssTarget = ['chrome123', 'firefox128', 'safari17.5']
