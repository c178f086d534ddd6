/** An AMD module: it hands its classes to `define`. */
declare module "anywidget";
