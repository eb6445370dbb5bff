module.exports = () => { throw new Error("no construct makes an archive"); };
