"""The vocoder on our own convolution kernels, generated as machine code."""
